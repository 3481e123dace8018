package dev.guardrails4j.benchmarks.detectors;

/** Texts to measure speed with. */
public enum SpeedText {
    PROSE("""
        Hello, my name is Jessica Miller and I am writing about order 4711-0815 of 12 March 2024. The parcel was to \
        arrive last Friday, but it still says "in transit", and nobody answers the phone. I called +49 30 901820 three \
        times this week. Could you please tell me where it is, or send it again? You can reach me by e-mail at \
        jessica.miller@example.com in the evening. The address is 12 Long Lane, Springfield. I paid with my card, and \
        the shop at https://shop.example.com/orders?id=4711 shows the payment. Thank you very much for your help, and \
        have a nice day. Kind regards, Jessica. PS: I would also like to know whether the blue one is available again. \
        """),
    CODE("""
        Here is how to read the orders of a customer:

        ```python
        import os, sqlite3

        def orders(customer_id: int, limit: int = 50) -> list[dict]:
            with sqlite3.connect(os.environ["ORDERS_DB"]) as db:
                rows = db.execute("SELECT id, total FROM orders WHERE customer = ? LIMIT ?", (customer_id, limit))
                return [{"id": row[0], "total": row[1]} for row in rows]

        print(f"{len(orders(4711))} orders", *map(str, orders(4711)))
        ```

        and the page that shows them: `<ul id="orders"><li onclick="show(1)">{{ order.total }}</li></ul>`.
        """),
    JSON("""
        {"orders": [{"id": "o-4711", "customer": {"name": "Jessica Miller", "mail": "jessica.miller@example.com"}, "lines": \
        [{"sku": "BLUE-42", "title": "Blue parcel, \\"large\\"", "quantity": 2, "price": 19.9}], "paid": true, "placed": \
        "2024-03-12T08:15:00Z", "ship_to": {"street": "12 Long Lane", "city": "Springfield", "country": "US"}}], "next": \
        "https://shop.example.com/orders?page=2&size=50", "total": 131, "tags": ["new", "in transit", "gift"]}
        """),
    /** Digits apart from each other, each of which may begin a number. */
    DIGITS("4 1 12 1234 4111-1111 ");

    private final String paragraph;

    SpeedText(String paragraph) {
        this.paragraph = paragraph;
    }

    /** So many characters of it. */
    String of(int length) {
        return paragraph.repeat(length / paragraph.length() + 1).substring(0, length);
    }
}
