//! Addresses that may take the place of a provider's, and what is said of those
//! that may not.

use gigawatch::fetch::client::check_base;

#[test]
fn an_address_that_takes_a_providers_place_is_checked() {
    let check = |text: &str, expected: Result<&str, &str>| {
        let base = check_base(text).map_err(|error| error.to_string());
        assert_eq!(base.as_deref().map_err(String::as_str), expected, "{text}");
    };
    check(
        "https://prices.example.org",
        Ok("https://prices.example.org"),
    );
    check(
        " https://Prices.example.org/v8// ",
        Ok("https://prices.example.org/v8"),
    );
    check("http://127.0.0.1:8080/", Ok("http://127.0.0.1:8080"));
    check("http://127.9.9.9", Ok("http://127.9.9.9"));
    check("http://[::1]:80", Ok("http://[::1]"));
    check("HTTP://LOCALHOST:1", Ok("http://localhost:1"));
    let plain =
        "is not encrypted: write https, or use a loopback address such as http://127.0.0.1:8080";
    for text in [
        "http://prices.example.org",
        "http://128.0.0.1",
        "http://localhost.example.org",
        "http://[::ffff:127.0.0.1]",
        "http://0.0.0.0",
    ] {
        check(text, Err(&format!("“{text}” {plain}")));
    }
    check(
        "ftp://127.0.0.1",
        Err("“ftp://127.0.0.1” begins with “ftp:”: only https works, and http on this machine"),
    );
    check(
        "localhost:80",
        Err("“localhost:80” begins with “localhost:”: only https works, and http on this machine"),
    );
    check(
        "prices",
        Err(
            "“prices” is no web address (relative URL without a base): write it like https://prices.example.org",
        ),
    );
    check(
        "",
        Err(
            "“” is no web address (relative URL without a base): write it like https://prices.example.org",
        ),
    );
    check(
        "https://me:secret@prices.example.org",
        Err(
            "The address of prices.example.org holds a user name or password: leave everything before “@” away",
        ),
    );
    check(
        "https://prices.example.org?a",
        Err("“https://prices.example.org?a” holds “?”: leave it and what follows away"),
    );
    check(
        "https://prices.example.org#a",
        Err("“https://prices.example.org#a” holds “#”: leave it and what follows away"),
    );
}
