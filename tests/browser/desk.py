"""What a member of staff does on the way to every page of the desk."""


def log_in(page, person):
    page.goto("/admin/")
    page.fill("#id_username", person.username)
    page.fill("#id_password", "a long password")
    page.press("#id_password", "Enter")
    page.wait_for_selector("#user-tools")


def go_on(page):
    """Let it out in spite of what was found in it: the button of the page that shows the findings."""
    page.wait_for_selector(".findings-page")
    with page.expect_navigation():
        page.click(".findings-page .submit-row input.default")
