"""What stands in a cell can be read again unchanged, and a file that could mislead is refused with what to do."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest

from newsletter.records.spreadsheets import cells, files
from newsletter.records.spreadsheets.files import Unreadable, read


def workbook(*lines, change=lambda book: None):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content, name, change):
    """The package with one of its parts rewritten."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return file.getvalue()


def written(kind, lines):
    file = io.BytesIO()
    if kind == "csv":
        files.write_csv(file, lines)
    else:
        files.write_xlsx(file, {"表": ([20] * len(lines[0]), lines)})
    return file.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝SUM(A1)",
        "@cmd",
        "-2",
        "+86 577",
        "'=1",
        "''=1",
        "'甲",
        "两行\n文字",
        "甲，乙；丙",
        "“引文”",
        "0577",
        "51330327MJ12345678",
        "2019-06-04",
    ],
)
def test_a_text_comes_back_from_a_file_as_it_was(kind, text):
    assert read(written(kind, [["名称"], [text]]), f"a.{kind}").rows == [(2, [text])]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", "'=1"])
def test_no_exported_cell_begins_as_a_formula_does(text):
    [[cell]] = csv.reader(io.StringIO(written("csv", [[text]]).decode("utf-8-sig"), newline=""))

    assert cell == "'" + text
    exported = openpyxl.load_workbook(io.BytesIO(written("xlsx", [["名称"], ["=1+1"]]))).active["A2"]
    assert (exported.data_type, exported.value) == ("s", "'=1+1")


@pytest.mark.parametrize(
    "items",
    [("甲", "乙"), ("甲、乙", "丙"), ("《甲、乙》", "丙"), ("甲「乙」", "丙；丁"), ("“甲、乙”公司",), ("甲\n乙", "丙")],
)
def test_a_list_comes_back_from_one_cell(items):
    assert cells.separated(cells.joined(items)) == items


@pytest.mark.parametrize(
    "pairs", [(("甲", "项目"), ("乙", "")), (("甲｜乙", "丙、丁"),), (("《甲、乙》", "“五加三”"),)]
)
def test_pairs_come_back_from_one_cell(pairs):
    assert cells.separated_pairs(cells.joined_pairs(pairs)) == pairs


def test_days_are_read_as_they_are_written_in_chinese_offices():
    forms = ["2019-06-04", "2019/6/4", "2019.6.4", "2019年6月4日", "2019-06-04 00:00:00"]

    assert {str(cells.day_of(form)) for form in forms} == {"2019-06-04"}
    for wrong in ("2019-6", "19-06-04", "2019-06/04", "2019-02-30", "6月4日"):
        with pytest.raises(ValueError):
            cells.day_of(wrong)


def test_real_dates_numbers_and_yes_of_a_workbook_become_texts():
    content = workbook(["日期", "年份", "会员"], [datetime.datetime(2019, 6, 4), 2018.0, True])

    assert read(content).rows == [(2, ["2019-06-04", "2018", "是"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_every_program_is_read(encoding, delimiter):
    content = f"名称{delimiter}所在地\r\n爱友{delimiter}龙港镇\r\n".encode(encoding)

    assert read(content, "a.csv").rows == [(2, ["爱友", "龙港镇"])]


def test_empty_rows_and_columns_are_passed_over_and_lines_are_those_of_the_file():
    table = read(workbook(["名称", None, None], [None], ["爱友"], [], ["扶苗"]))

    assert (table.heads, table.rows) == (["名称"], [(3, ["爱友"]), (5, ["扶苗"])])


@pytest.mark.parametrize(
    ("value", "fault"),
    [("=A1", files.FORMULA), ("#N/A", files.NO_VALUE), (51330327123456789, files.ROUNDED)],
    ids=["formula", "error", "rounded"],
)
def test_a_cell_that_does_not_say_what_it_seems_to_say_is_marked(value, fault):
    assert read(workbook(["名称"], [value])).faults == {(2, "名称"): fault}


def test_a_number_that_a_program_has_rounded_in_a_csv_is_marked():
    assert read("电话\n1.38E+10\n".encode()).faults == {(2, "电话"): files.ROUNDED}


def hide(book):
    book.create_sheet("旧").sheet_state = "hidden"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(["名称"], ["甲"], change=hide), "隐藏的工作表（旧）"),
        (workbook(["名称", "乙"], ["甲"], change=lambda book: book.active.merge_cells("A2:B2")), "合并的单元格"),
        (workbook(["名称"]), "没有内容"),
        (workbook([None, None], ["甲"]), "列名"),
        (workbook(["名称"], ["甲", "多"]), "第 2 行"),
        (workbook(["名称"], *[["甲"]] * 5001), "5000 行"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, ".xls"),
        (b"PK\x03\x04 not a zip", "不是 Excel 文件"),
        (b"\xff\xfe\x00\x00\x00", "编码"),
        (b"x" * (files.MAX_BYTES + 1), "5 MB"),
        (b'a,b\n"x', "不是 CSV 文件"),
    ],
    ids=["hidden", "merged", "empty", "heads", "beside", "long", "xls", "damaged", "characters", "large", "csv"],
)
def test_a_file_that_would_mislead_is_refused_in_words(content, said):
    with pytest.raises(Unreadable) as refused:
        read(content)

    assert said in str(refused.value.args[0])


@pytest.mark.parametrize("bad", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!ENTITY a 'b'>"])
def test_a_workbook_with_entities_is_refused_before_it_is_parsed(bad):
    content = with_part(workbook(["名称"], ["甲"]), "xl/workbook.xml", lambda markup: bad + markup)

    with pytest.raises(Unreadable):
        read(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_parsed():
    content = with_part(workbook(["名称"], ["甲"]), "xl/styles.xml", lambda markup: markup + b" " * (61 * 1024 * 1024))

    assert len(content) < files.MAX_BYTES
    with pytest.raises(Unreadable, match="解开后太大"):
        read(content)
