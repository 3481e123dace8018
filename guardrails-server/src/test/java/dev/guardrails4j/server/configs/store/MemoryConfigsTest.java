package dev.guardrails4j.server.configs.store;

class MemoryConfigsTest extends ConfigStoreContract {

    @Override
    ConfigStore open(ConfigLimits limits) {
        return ConfigStores.memory(limits);
    }
}
