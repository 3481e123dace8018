package dev.guardrails4j.server.metrics;

import dev.guardrails4j.server.storage.StorageException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store whose failures are told of. */
final class CountedFailures {

    private CountedFailures() {}

    /**
     * The same store.
     *
     * @param type the interface that it is used by
     * @param whenFailed told each time that the store cannot be reached or does not work
     */
    static <T> T of(Class<T> type, T store, Runnable whenFailed) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof StorageException) {
                    whenFailed.run();
                }
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
