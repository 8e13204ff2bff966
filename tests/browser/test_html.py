"""The markup of every kind of page, by an independent reader."""

from tests.node import nu_errors


def test_the_nu_html_checker_finds_no_error_on_any_page(client, site, tmp_path):
    for name, address in site.items():
        (tmp_path / f"{name}.html").write_bytes(client.get(address).content)

    assert nu_errors(tmp_path) == []
