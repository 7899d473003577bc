"""Numbers: values, ranges, units and comparators as the annotation guide counts them, and what is no number."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.fold import Folded
from loaders.numbers import NumberMention, find_numbers, parse_numeral, scan_numbers, unit_dimension
from tests.loaders.recognise.readings import reading_of
from tests.strategies import chinese_texts

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def numbers_in(text: str) -> list[NumberMention]:
    return list(scan_numbers(Folded.of(text).text))


def only(text: str) -> NumberMention:
    found = numbers_in(text)
    assert len(found) == 1, found
    return found[0]


def chinese(value: int) -> str:
    """The usual written form of an integer below 10**12."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if value >= power:
            high, low = divmod(value, power)
            zero = "零" if 0 < low < power // 10 else ""
            return chinese(high) + name + (zero + chinese(low) if low else "")
    out, pending = "", False
    for power, name in _PLACES:
        digit, value = divmod(value, power)
        if digit:
            out += ("零" if pending else "") + _DIGITS[digit] + name
            pending = False
        elif out:
            pending = True
    if value:
        out += ("零" if pending else "") + _DIGITS[value]
    return out or "零"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("1,250", 1250),
        ("1.5万", 15000),
        ("3.2亿", 320_000_000),
        ("6万亿", 6e12),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十五", 25),
        ("一百零三", 103),
        ("三百五", 350),
        ("两千", 2000),
        ("一万二", 12000),
        ("三十万", 300_000),
        ("亿", 1e8),
        ("百分百", 100),
        ("三点五", 3.5),
    ],
)
def test_a_numeral_has_a_value(text: str, value: float) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", "公里", "一二三产", "三点", "5个", "三五七"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"numeral|side by side"):
        parse_numeral(text)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_integers_read_back(value: int) -> None:
    assert parse_numeral(chinese(value)) == value


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["", "万", "亿"]))
def test_arabic_with_a_multiplier_reads_exactly(number: int, multiplier: str) -> None:
    assert parse_numeral(f"{number}{multiplier}") == number * {"": 1, "万": 10**4, "亿": 10**8}[multiplier]


@given(st.decimals(min_value="0.01", max_value="9999", places=2))
def test_decimals_are_scaled_without_rounding_errors(number: object) -> None:
    assert math.isclose(parse_numeral(f"{number}万"), float(str(number)) * 1e4, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("投放公交车42辆", 42, "辆", "="),
        ("供应天然气25亿方", 2500000000, "方", "="),
        ("电价下降3分/千瓦时", 3, "分/千瓦时", "="),
        ("投放公交车４２ 辆", 42, "辆", "="),
        ("两家银行接入", 2, "家", "="),
        ("覆盖九个方面", 9, "个方面", "="),
        ("实现百分百接入", 100, "%", "="),
        ("服务时长达二十小时", 20, "小时", "="),
        ("让利近亿元", 1e8, "元", "~"),
        ("涉及1.5万人", 15000, "人", "="),
        ("产值6万亿元", 6e12, "元", "="),
        ("办理2万余件", 20000, "件", "~"),
        ("办理6100多件", 6100, "件", "~"),
        ("服务100多万户", 1_000_000, "户", "~"),
        ("办理10余项业务", 10, "项", "~"),
        ("不少于20所中学", 20, "所", ">="),
        ("不低于15%", 15, "%", ">="),
        ("至少3条线路", 3, "条", ">="),
        ("每县至少建成3个站", 3, "个", ">="),
        ("8000吨以上", 8000, "吨", ">="),
        ("超过百家企业", 100, "家", ">="),
        ("突破900列", 900, "列", ">="),
        ("不超过9天", 9, "天", "<="),
        ("5年内有效", 5, "年", "<="),
        ("最高约50%的费用", 50, "%", "<="),
        ("5个工作日以内", 5, "个工作日", "<="),
        ("约30分钟", 30, "分钟", "~"),
        ("7%左右", 7, "%", "~"),
        ("节约30万元", 300_000, "元", "="),
        ("处理能力40万吨/日", 400_000, "吨/日", "="),
        ("涨了12.5个百分点", 12.5, "个百分点", "="),
        ("一小时内送达", 1, "小时", "<="),
        ("募集200亿引导资金", 2e10, "元", "="),
        ("注册用户达166万。", 1_660_000, None, "="),
        ("十大服务上线", 10, "大", "="),
        ("千亿级产业", 1e11, "级", "="),
    ],
)
def test_a_quantity_is_read(text: str, value: float, unit: str | None, comparator: str) -> None:
    found = only(text)
    assert (found.value, found.value_max, found.unit, found.comparator) == (value, None, unit, comparator)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("降低20%至50%", 20, 50, "%"),
        ("每周1-2次", 1, 2, "次"),
        ("提前30—40分钟", 30, 40, "分钟"),
        ("约20%到50%", 20, 50, "%"),
        ("引进2至3万人", 20000, 30000, "人"),
        ("三四十家门店", 30, 40, "家"),
        ("用时三到五天", 3, 5, "天"),
    ],
)
def test_a_range_is_one_number(text: str, low: float, high: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.value_max, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("占三分之一", 0.3333, None),
        ("压缩1/4", 0.25, None),
        ("达百分之十五", 15, "%"),
        ("按1：1配套", 1, "：1"),
        ("按1:2配套", 1, ":2"),
    ],
)
def test_fractions_and_ratios(text: str, value: float, unit: str | None) -> None:
    found = only(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "推行“七个一”做法",
        "三省一市签约",
        "设一站式大厅",
        "按十四五部署",
        "更新到4.0版",
        "拨打12345热线",
        "公布第一批名单",
        "2021年3月5日签署",
        "３ 月 ５ 日签署",
        "2021—2025年执行",
        "1—6月执行",
        "前三季度执行",
        "字〔2021〕15号文",
        "《促进消费20条（2021年）》印发",
        "建设5G基站",
        "治理PM2.5污染",
        "按GB/T2260编码",
        "一县一策推进",
        "这是一个开端",
        "做好二次供水",
        "上午9:30开始",
        "一是抓落实",
        "党的二十大召开",
        "数百家企业",
        "发展“1+N”体系",
        "20日下午召开",
        "三部门发文",
        "推动一二三产融合",
        "建区五周年",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert numbers_in(text) == []


def test_the_span_holds_number_and_unit() -> None:
    text = "全年改造老旧小区2万余户。"
    found = only(text)
    assert text[found.start : found.end] == "2万余户"
    assert found.stated == "2万余"


def test_numbers_come_in_order_and_several_to_a_clause() -> None:
    found = numbers_in("涉及18个部门、71项业务，增长3.5%。")
    assert [(m.value, m.unit) for m in found] == [(18, "个"), (71, "项"), (3.5, "%")]


def test_units_have_dimensions() -> None:
    assert [unit_dimension(u) for u in ("元", "%", "年", "家", "吨/日", "大类", "桶", "缕", None)] == [
        "money", "rate", "duration", "count", "weight", "count", "count", "", "",
    ]  # fmt: skip


def test_a_reading_is_searched_title_included() -> None:
    reading = reading_of("新增 30 个站点。", title="某市出台12条措施")
    assert [(m.value, m.unit) for m in find_numbers(reading)] == [(12, "条"), (30, "个")]


@given(chinese_texts())
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    folded = Folded.of(text).text
    end = 0
    for mention in scan_numbers(folded):
        assert end <= mention.start < mention.end <= len(folded)
        assert "\n" not in folded[mention.start : mention.end]
        assert folded[mention.start : mention.end].startswith(mention.stated)
        assert mention.value_max is None or mention.value < mention.value_max
        end = mention.end


@given(chinese_texts(), st.sampled_from(["家", "项", "万元", "%"]), st.integers(min_value=2, max_value=999))
def test_a_plain_sentence_is_found_whatever_stands_before(text: str, unit: str, value: int) -> None:
    body = f"{text.replace('“', '').replace('《', '')}\n共有{value}{unit}。"
    last = numbers_in(body)[-1]
    factor = 10**4 if unit.startswith("万") else 1
    assert last.value == value * factor
    assert last.unit == unit.removeprefix("万")


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("安装护栏5万根以上", 50000, "根", ">="),
        ("航程只要2个多小时", 2, "个小时", "~"),
        ("工期缩短3个半月", 3.5, "个月", "="),
        ("上百家商户报名", 100, "家", ">="),
        ("近千名船员参加", 1000, "名", "~"),
        ("展期为期一天", 1, "天", "="),
        ("接种疫苗30万剂次", 300_000, "剂次", "="),
        ("湖区产值翻两番", 2, "番", "="),
        ("五大项服务", 5, "大项", "="),
        ("四大节点", 4, "大", "="),
    ],
)
def test_more_counters_and_vague_numbers(text: str, value: float, unit: str, comparator: str) -> None:
    found = only(text)
    assert (found.value, found.unit, found.comparator) == (value, unit, comparator)


@pytest.mark.parametrize("text", ["二○一五年修订", "八届12次常委会会议通过", "一番努力", "网上百货"])
def test_years_sessions_and_words_count_nothing(text: str) -> None:
    assert numbers_in(text) == []
