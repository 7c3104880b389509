"""The monthly figures of the shared stocks: a series, whose tables add up from one month to the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from app.demo.pieces import NEWS_RELEASE, Story, Text, story
from app.demo.stock_months import BROUGHT_FORWARD, MONTHS, Month, Move
from app.demo.wording import day, form, number

STORES = ("riga", "kosice", "porto")
ITEMS = ("generators", "transformers", "water", "bridges", "tents")


class Words(NamedTuple):
    """The words of one language: rows of the table, nouns after a number, stores, and whole sentences."""

    rows: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    stores: dict[str, str]
    moves: dict[str, str]
    units: tuple[str, ...]
    title: str
    lead: str
    more: str
    less: str
    same: str
    place: str
    heading: str
    caption: str
    columns: tuple[str, ...]
    total: str
    moves_heading: str
    closing: str
    caption_picture: str


WORDS = {
    "fr": Words(
        rows={
            "generators": "Groupes électrogènes",
            "transformers": "Transformateurs",
            "water": "Unités de purification d’eau",
            "bridges": "Ponts modulaires",
            "tents": "Tentes chauffées",
        },
        nouns={
            "generators": ("groupe électrogène", "groupes électrogènes"),
            "transformers": ("transformateur", "transformateurs"),
            "water": ("unité de purification d’eau", "unités de purification d’eau"),
            "bridges": ("pont modulaire", "ponts modulaires"),
            "tents": ("tente chauffée", "tentes chauffées"),
        },
        stores={"riga": "Riga", "kosice": "Košice", "porto": "Porto"},
        moves={"received": "a reçu", "lent": "a prêté", "back": "a récupéré"},
        units=("unité", "unités"),
        title="Stocks communs : la situation fin {month}",
        lead="Les trois dépôts contiennent {count} {units} de matériel, {change}. {note}",
        more="soit {change} de plus qu’un mois plus tôt",
        less="soit {change} de moins qu’un mois plus tôt",
        same="autant qu’un mois plus tôt",
        place="Bruxelles",
        heading="Ce que contiennent les dépôts",
        caption="Unités disponibles au {day}",
        columns=("Matériel", "Riga", "Košice", "Porto", "Total"),
        total="Total",
        moves_heading="Entrées, prêts et retours",
        closing="Prochaine publication : {day}. Les mêmes chiffres sont donnés, lot par lot, dans le registre.",
        caption_picture="Un dépôt commun. Illustration.",
    ),
    "en": Words(
        rows={
            "generators": "Generators",
            "transformers": "Transformers",
            "water": "Water purification units",
            "bridges": "Modular bridges",
            "tents": "Heated tents",
        },
        nouns={
            "generators": ("generator", "generators"),
            "transformers": ("transformer", "transformers"),
            "water": ("water purification unit", "water purification units"),
            "bridges": ("modular bridge", "modular bridges"),
            "tents": ("heated tent", "heated tents"),
        },
        stores={"riga": "Riga", "kosice": "Košice", "porto": "Porto"},
        moves={"received": "received", "lent": "lent", "back": "took back"},
        units=("unit", "units"),
        title="Shared stocks: figures for the end of {month}",
        lead="The three stores hold {count} {units} of equipment, {change}. {note}",
        more="{change} more than a month earlier",
        less="{change} fewer than a month earlier",
        same="as many as a month earlier",
        place="Brussels",
        heading="What the stores hold",
        caption="Units available on {day}",
        columns=("Equipment", "Riga", "Košice", "Porto", "Total"),
        total="Total",
        moves_heading="What came and went",
        closing="Next publication: {day}. The register gives the same figures lot by lot.",
        caption_picture="A shared store. Illustration.",
    ),
    "uk": Words(
        rows={
            "generators": "Генератори",
            "transformers": "Трансформатори",
            "water": "Установки для очищення води",
            "bridges": "Модульні мости",
            "tents": "Опалювані намети",
        },
        nouns={
            "generators": ("генератор", "генератори", "генераторів"),
            "transformers": ("трансформатор", "трансформатори", "трансформаторів"),
            "water": (
                "установку для очищення води",
                "установки для очищення води",
                "установок для очищення води",
            ),
            "bridges": ("модульний міст", "модульні мости", "модульних мостів"),
            "tents": ("опалюваний намет", "опалювані намети", "опалюваних наметів"),
        },
        stores={"riga": "Склад у Ризі", "kosice": "Склад у Кошицях", "porto": "Склад у Порту"},
        moves={"received": "отримав", "lent": "надав у користування", "back": "знову прийняв"},
        units=("одиниця", "одиниці", "одиниць"),
        title="Спільні запаси на кінець {month}",
        lead="На трьох складах — {count} {units} обладнання, {change}. {note}",
        more="на {change} більше, ніж місяць тому",
        less="на {change} менше, ніж місяць тому",
        same="стільки ж, як місяць тому",
        place="Брюссель",
        heading="Що є на складах",
        caption="Доступні одиниці станом на {day}",
        columns=("Обладнання", "Рига", "Кошиці", "Порту", "Разом"),
        total="Разом",
        moves_heading="Надходження, користування, повернення",
        closing="Наступна публікація: {day}. Ті самі дані за партіями подано в реєстрі.",
        caption_picture="Спільний склад. Ілюстрація.",
    ),
}

Stock = dict[str, dict[str, int]]


def stories() -> list[Story]:
    """Return the whole series, each month’s figures made from those of the month before."""
    stock: Stock = {item: dict(zip(STORES, BROUGHT_FORWARD[item], strict=True)) for item in ITEMS}
    made = []
    for month in MONTHS:
        before = _count(stock)
        for move in month.moves:
            stock[move.item][move.store] += -move.units if move.kind == "lent" else move.units
        made.append(_story(month, stock, _count(stock) - before))
    return made


def published_on(end: date) -> date:
    """Return when the figures of the month that closed on ``end`` appear: the 5th, or the working day after."""
    fifth = end + timedelta(days=5)
    return fifth + timedelta(days={5: 2, 6: 1}.get(fifth.weekday(), 0))


def _story(month: Month, stock: Stock, change: int) -> Story:
    texts = {language: _text(month, stock, change, language) for language in month.notes}
    return story(
        f"stocks-{month.end:%Y-%m}",
        NEWS_RELEASE,
        f"{published_on(month.end)} 11:00",
        topics=("supply",),
        contact="statistics",
        pictures=("warehouse",) if month.end.month % 3 == 0 else (),
        fr=texts.get("fr"),
        en=texts.get("en"),
        uk=texts.get("uk"),
    )


def _text(month: Month, stock: Stock, change: int, language: str) -> Text:
    words = WORDS[language]
    compared = words.more if change > 0 else words.less if change < 0 else words.same
    count = _count(stock)
    name = day(month.end, language).split(" ", 1)[1]
    return Text(
        title=words.title.format(month=name),
        lead=words.lead.format(
            count=number(count, language),
            units=form(count, language, words.units),
            change=compared.format(change=number(abs(change), language)),
            note=month.notes[language][0],
        ),
        place=words.place,
        body=f"<p>{month.notes[language][1]}</p><h2>{words.heading}</h2>{_table(month, stock, language)}"
        f"<h2>{words.moves_heading}</h2><ul>{''.join(_moved(move, language) for move in month.moves)}</ul>"
        f"<p>{words.closing.format(day=day(_after(month.end), language, weekday=True))}</p>",
        caption=words.caption_picture,
    )


def _after(end: date) -> date:
    """Return when the next month’s figures appear."""
    following = (end + timedelta(days=40)).replace(day=1) - timedelta(days=1)
    return published_on(following)


def _table(month: Month, stock: Stock, language: str) -> str:
    words = WORDS[language]
    head = "".join(f'<th scope="col">{column}</th>' for column in words.columns)
    rows = [(words.rows[item], [stock[item][store] for store in STORES]) for item in ITEMS]
    rows.append((words.total, [sum(stock[item][store] for item in ITEMS) for store in STORES]))
    body = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{number(value, language)}</td>" for value in (*values, sum(values)))
        + "</tr>"
        for name, values in rows
    )
    caption = words.caption.format(day=day(month.end, language))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _moved(move: Move, language: str) -> str:
    words = WORDS[language]
    noun = form(move.units, language, words.nouns[move.item])
    occasion = move.occasion[language]
    space = "" if occasion.startswith(",") else " "
    return (
        f"<li>{words.stores[move.store]} {words.moves[move.kind]} {number(move.units, language)} {noun}"
        f"{space}{occasion}.</li>"
    )


def _count(stock: Stock) -> int:
    return sum(sum(of.values()) for of in stock.values())
