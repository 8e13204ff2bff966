import pytest

from newsletter.search.query import read_query
from newsletter.search.text import canonical, runs, tokens


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("慈善，总会", ["慈善", "总会"]),
        ("ＡＢＣ１２３", ["abc123"]),
        ("Ｗｅｃｈａｔ群", ["wechat", "群"]),
        ("龍港總商會", ["龙港总商会"]),
        ("后裏", ["后里"]),
        ("5A级", ["5a", "级"]),
        ("e\u0301toile", ["étoile"]),
        ("snake_case", ["snake", "case"]),
        ("㈱", ["株"]),
        ("😀《》……——\u200f", []),
        ("𠀀𠀁", ["𠀀𠀁"]),
        ("", []),
    ],
    ids=ascii,
)
def test_text_is_read_as_runs_of_half_width_simplified_lower_case(text, read):
    assert runs(text) == read


def test_run_of_han_characters_is_a_token_for_each_with_its_neighbour():
    assert tokens(canonical("慈善总会，3天")) == ["慈善", "善总", "总会", "会", "3", "天"]


def test_word_of_any_length_is_a_token_of_at_most_a_hundred_characters():
    assert [len(token) for token in tokens(canonical("a" * 5000))] == [100]


@pytest.mark.parametrize(
    ("typed", "phrases", "without"),
    [
        ("慈善 商会", ["慈善", "商会"], []),
        ("“慈善 总会”", ["慈善 总会"], []),
        ('"慈善 总会" 端午', ["慈善 总会", "端午"], []),
        ("慈善 -商会", ["慈善"], ["商会"]),
        ('慈善 -"龙港 商会"', ["慈善"], ["龙港 商会"]),
        ("慈善－商会", ["慈善", "商会"], []),
        ("-商会", [], ["商会"]),
        ("慈善 慈善", ["慈善"], []),
        ('"慈善', ["慈善"], []),
        ("AED OR 1=1", ["aed", "or", "1"], []),
        ("NEAR(慈善*)", ["near", "慈善"], []),
        ("?!", [], []),
    ],
)
def test_query_is_words_phrases_and_what_must_not_occur(typed, phrases, without):
    query = read_query(typed)

    assert ([*map(str, query.phrases)], [*map(str, query.without)]) == (phrases, without)


def test_pasted_text_is_cut_to_a_query():
    query = read_query("慈善商会" * 5000 + " 端午" * 100)

    assert len(query.typed) == 200


def test_queries_of_fewer_words_leave_out_one_each_then_keep_one_each():
    fewer = read_query("端午 慰问 敬老院 -商会").fewer()

    assert [query.typed for query in fewer] == ["慰问 敬老院", "端午 敬老院", "端午 慰问", "端午", "慰问", "敬老院"]
    assert {str(phrase) for query in fewer for phrase in query.without} == {"商会"}
