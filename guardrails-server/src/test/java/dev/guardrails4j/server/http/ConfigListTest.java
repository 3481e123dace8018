package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.configs.store.StoredConfig;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("checks-contract 8.2: listing configurations")
class ConfigListTest {

    private static final String LIST = "/apis/guardrails/v2/workspaces/team/configs";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static ConfigStore store;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        store = ConfigStores.memory(ConfigLimits.DEFAULT);
        server = RunningServer.start(folder, RunningServer.settings("", Optional.empty()), Map.of(), store);
        for (String config : List.of(
                "{\"name\": \"delta\", \"description\": \"Stops TOXIC words\"}",
                "{\"name\": \"alpha\", \"description\": \"For tests\"}",
                "{\"name\": \"charlie\"}",
                "{\"name\": \"bravo\", \"description\": \"toxic, too\"}")) {
            assertThat(server.send("POST", LIST, config, "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
    }

    private static HttpResponse<String> list(String query) {
        String encoded = Stream.of(query.split("&"))
                .map(parameter -> Stream.of(parameter.split("=", 2))
                        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("=")))
                .collect(Collectors.joining("&"));
        return server.get(LIST + "?" + encoded);
    }

    private static String names(String query) {
        HttpResponse<String> response = list(query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return String.join(" ", json(response).path("data").findValuesAsText("name"));
    }

    private static void assertRefused(String query, int status, String detail) {
        HttpResponse<String> response = list(query);
        assertThat(json(response).path("detail").asText()).isEqualTo(detail);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void wrapsThemAsTheContractSays() {
        JsonNode list = json(list("page_size=3"));

        assertThat(list.fieldNames()).toIterable().containsExactly("data", "pagination", "sort");
        assertThat(list.path("pagination")).isEqualTo(json("""
                {"page": 1, "page_size": 3, "current_page_size": 3, "total_pages": 2, "total_results": 4}"""));
        assertThat(list.path("sort").asText()).isEqualTo("created_at");
        assertThat(json(server.get(LIST)).at("/pagination/page_size").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "page_size=3, delta alpha charlie",
        "page_size=3&page=2, bravo",
        "page_size=3&page=3, ''",
        "sort=created_at, delta alpha charlie bravo",
        "sort=-created_at, bravo charlie alpha delta",
        "sort=name, alpha bravo charlie delta",
        "sort=-name&page_size=1&page=2, charlie",
    })
    void pagesAndSorts(String query, String names) {
        assertThat(names(query)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filter[name]=alpha                                                            | alpha
            filter[name]=Alpha                                                            | ''
            filter[name][$eq]=alpha                                                       | alpha
            filter[name][$like]=LPH                                                       | alpha
            filter[description][$like]=toxic                                              | delta bravo
            filter[description][$like]=toxic&filter[name]=bravo                           | bravo
            filter[name][$in]=alpha,bravo                                                 | alpha bravo
            filter[name][$nin]=alpha,bravo                                                | delta charlie
            filter[name][$gt]=bravo                                                       | delta charlie
            filter[name][$gte]=bravo&sort=name                                            | bravo charlie delta
            filter[name][$gte]=bravo&filter[name][$lt]=delta&sort=name                    | bravo charlie
            filter[created_at][$lt]=2026-01-01                                            | ''
            filter[created_at][$gte]=2026-01-01T00:00:00Z&filter[name]=alpha              | alpha
            filter[workspace]=team&filter[entity_type]=guardrail_config&filter[name]=alpha | alpha
            filter={"name": "alpha"}                                                      | alpha
            filter={"name": {"$in": ["alpha", "bravo"]}}                                  | alpha bravo
            filter={"$or": [{"name": "alpha"}, {"description": {"$like": "too"}}]}        | alpha bravo
            filter={"$and": [{"name": {"$gt": "alpha"}}, {"name": {"$lte": "bravo"}}]}    | bravo
            filter={"$not": {"name": "alpha"}}                                            | delta charlie bravo
            filter={"name": {"$not": {"$like": "a"}}}                                     | ''
            filter={"description": null}                                                  | charlie
            filter={}                                                                     | delta alpha charlie bravo
            """)
    void filters(String query, String names) {
        assertThat(names(query)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sort=size         | Validation error at query.sort: Input should be 'created_at', '-created_at', 'name' or '-name'
            page=0            | Validation error at query.page: Input should be greater than or equal to 1
            page=x            | Validation error at query.page: Input should be a valid integer, unable to parse string as an integer
            page_size=0       | Validation error at query.page_size: Input should be greater than or equal to 1
            page_size=1001    | Validation error at query.page_size: Input should be less than or equal to 1000
            page=0&page_size=0 | query.page: Input should be greater than or equal to 1; query.page_size: Input should be greater than or equal to 1
            """)
    void refusesWhatIsNoPage(String query, String detail) {
        assertRefused(query, 422, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filter[unknown_field]=x             | Unknown filter field 'unknown_field'. Valid fields: ['created_at', 'description', 'entity_type', 'id', 'name', 'project', 'updated_at', 'workspace']
            filter={"unknown_field": 1}         | Unknown filter field 'unknown_field'. Valid fields: ['created_at', 'description', 'entity_type', 'id', 'name', 'project', 'updated_at', 'workspace']
            filter[name][$regex]=x              | Unknown filter operator '$regex'. Valid operators: ['$eq', '$like', '$in', '$nin', '$gt', '$gte', '$lt', '$lte']
            filter=name                         | Invalid filter: it is not JSON
            filter=[]                           | Invalid filter: it must be an object
            filter={"name": 1}                  | Invalid filter: name is compared with texts
            filter={"$or": {}}                  | Invalid filter: $or takes a list
            filter={"name": {"$in": "x"}}       | Invalid filter: $in and $nin take a list of at most 1000 values
            filter[created_at][$gt]=yesterday   | Invalid filter: created_at is compared with times such as 2026-05-01T12:00:00Z
            filter[name][$eq][x]=1              | Invalid filter: write filter[FIELD]=VALUE, filter[FIELD][$OPERATOR]=VALUE, or filter=JSON
            """)
    void refusesWhatIsNoFilter(String query, String detail) {
        assertRefused(query, 400, detail);
    }

    @Test
    void boundsHowLongAPageIs() {
        Instant then = Instant.parse("2026-05-01T12:00:00Z");
        try (ConfigStore large = ConfigStores.memory(ConfigLimits.DEFAULT);
                RunningServer holding =
                        RunningServer.start(folder, RunningServer.settings("", Optional.empty()), Map.of(), large)) {
            for (String name : List.of("one", "two", "three")) {
                large.create(new StoredConfig(
                        new ConfigEntry(
                                new ConfigReference("team", name), name, 0, Optional.empty(), json("{}"), then, then),
                        Optional.of(json("{\"custom_data\": {\"text\": \"" + "x".repeat(3 << 20) + "\"}}"))));
            }

            HttpResponse<String> refused = holding.get(LIST);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(json(refused).path("detail").asText())
                    .isEqualTo("The page is longer than 8 MiB; ask for a smaller page_size");
            assertThat(holding.get(LIST + "?page_size=2").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void boundsWhatAFilterMayAsk() {
        String many = Stream.generate(() -> "{\"name\":\"a\"}").limit(51).collect(Collectors.joining(",", "[", "]"));
        String deep = "{\"$not\":".repeat(30) + "{}" + "}".repeat(30);

        assertRefused("filter={\"$or\":" + many + "}", 400, "Invalid filter: it has more than 50 conditions");
        assertRefused("filter=" + deep, 400, "Invalid filter: it is not JSON");
    }
}
