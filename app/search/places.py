"""Names that are spelled in several ways: who looks for one finds the others.

A line is one place or organisation. Forms that grammar changes beyond their ending (Київ, Києва)
are listed as well. EU and UN are not: in French these are other words.
"""

from __future__ import annotations

from app.search.stems import words

_LINES = """
Kyiv · Kiev · Kyïv · Kyjiw · Київ · Києва
Kharkiv · Kharkov · Харків · Харкова
Lviv · Lvov · Lwów · Львів · Львова
Odesa · Odessa · Одеса
Chernihiv · Tchernihiv · Чернігів · Чернігова
Mykolaiv · Mykolaïv · Миколаїв · Миколаєва
Dnipro · Дніпро · Дніпра
Donetsk · Донецьк
Luhansk · Louhansk · Луганськ
Kherson · Херсон
Mariupol · Marioupol · Маріуполь
Zaporizhzhia · Zaporijjia · Запоріжжя
Chornobyl · Chernobyl · Tchernobyl · Чорнобиль
Crimea · Crimée · Крим
Donbas · Donbass · Донбас
Ukraine · Україна
Brussels · Bruxelles · Брюссель
The Hague · La Haye · Гаага
Strasbourg · Страсбург
Luxembourg · Люксембург
Geneva · Genève · Женева
London · Londres · Лондон
Paris · Париж
Rome · Рим
Berlin · Берлін
Vienna · Vienne · Відень · Відня
Warsaw · Varsovie · Варшава
Prague · Прага
Bucharest · Bucarest · Бухарест
Vilnius · Вільнюс
Riga · Рига
Tallinn · Таллінн
Copenhagen · Copenhague · Копенгаген
Helsinki · Гельсінкі
Stockholm · Стокгольм
Oslo · Осло
Madrid · Мадрид
Lisbon · Lisbonne · Лісабон
Athens · Athènes · Афіни
Ankara · Анкара
Washington · Вашингтон
New York · Нью-Йорк
Chișinău · Chisinau · Kishinev · Кишинів · Кишинева
Moldova · Moldavie · Молдова
Georgia · Géorgie · Грузія
Poland · Pologne · Польща
Germany · Allemagne · Німеччина
Belgium · Belgique · Бельгія
Europe · Європа
European Union · Union européenne · Європейський Союз · UE · ЄС
NATO · OTAN · НАТО
United Nations · Nations unies · ONU · ООН
OSCE · ОБСЄ
G7 · Г7
"""


def _read(lines: str) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return, for the words of each name, the words of every name on its line."""
    known: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in lines.strip().splitlines():
        names = tuple(dict.fromkeys(tuple(words(name)) for name in line.split("·")))
        known |= dict.fromkeys(names, names)
    return known


NAMES = _read(_LINES)
MOST_WORDS = max(map(len, NAMES))
