"""Which other forms of a full name a newspaper prints: 苍南县民政局 as 县民政局, 温州市妇女联合会 as 市妇联."""

import re

from newsletter.intake.parser.recognize.endings import core_of, is_everyday, kind_of

# 省, 市, 县, 区 in front of what an authority or association is; the place is two to four characters.
PLACE = re.compile(r"([\u4e00-\u9fff]{2,3}?)(省|市|县|区)(?=[\u4e00-\u9fff]{2})")
TOWN = re.compile(r"([\u4e00-\u9fff]{2,3}?)(镇|乡|街道)(?=[\u4e00-\u9fff]{2})")
LEAGUE = re.compile(r"共青团([\u4e00-\u9fff]{2,6})委(?:员会)?")
_SHORTER = [
    ("工商业联合会", "工商联"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("文学艺术界联合会", "文联"),
    ("科学技术协会", "科协"),
    ("归国华侨联合会", "侨联"),
    ("社会科学界联合会", "社科联"),
    ("卫生健康局", "卫健局"),
    ("市场监督管理局", "市场监管局"),
    ("关心下一代工作委员会", "关工委"),
    ("人民政府", "政府"),
    ("委员会", "委"),
]


def derived_names(full, locality):
    """Other forms of `full`; those that two organizations could claim are dropped by the caller."""
    forms = {full}
    for long, short in _SHORTER:
        if full.endswith(long) and len(full) > len(long) + 1:
            forms.add(full[: -len(long)] + short)
        elif full.endswith(short) and not full.endswith(long) and len(full) > len(short) + 1 and short != "委":
            forms.add(full[: -len(short)] + long)
    if full.endswith("总商会") and len(full) > 5:
        forms.add(full[:-3] + "商会")
    league = LEAGUE.fullmatch(full)
    if league:
        place = league[1]
        forms.add(f"团{place}委")
        if place[-1] in "省市县区":
            forms.add(f"团{place[-1]}委")
    for form in list(forms):
        forms |= _without_place(form, locality)
    forms.discard(full)
    return {form for form in forms if (len(form) > 2 and not is_everyday(form)) or _is_authority(form)}


def _without_place(name, locality):
    forms = set()
    stem = stem_of(locality)
    if locality and name.startswith(locality) and len(name) > len(locality) + 1:
        tail = name[len(locality) :]
        forms |= {locality[-1] + tail, stem + tail}
        if kind_of(name) not in ("government", "mass_organization") and len(tail) >= 4 and len(core_of(tail)) >= 2:
            forms.add(tail)
    elif stem and name.startswith(stem) and len(name) > len(stem) + 2 and name[len(stem)] not in "省市县区镇乡":
        forms.add(locality + name[len(stem) :])
        return forms
    else:
        place = PLACE.match(name)
        if place:
            tail = name[place.end() :]
            forms |= {place[1] + tail}
            if place[2] in "省市" and (not locality or place[2] != locality[-1]):
                forms.add(place[2] + tail)
    town = TOWN.match(name)
    if town and kind_of(name) in ("chamber", "association", "service_agency"):
        forms.add(town[1] + name[town.end() :])
    elif name.endswith("商会") and not name.endswith("总商会") and 4 <= len(name) <= 5 and not PLACE.match(name):
        forms.add(name[:-2] + "镇商会")
    return forms


def _is_authority(name):
    """县民政局, 市妇联: an everyday word, but with its level it is a name."""
    return len(name) > 2 and name[0] in "省市县区团" and kind_of(name) in ("government", "mass_organization")


def stem_of(locality):
    """苍南 of 苍南县."""
    return locality[:-1] if len(locality) > 2 and locality[-1] in "县市区镇乡" else locality
