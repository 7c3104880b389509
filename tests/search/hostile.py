"""What people and machines type into a search field to see what breaks."""

from __future__ import annotations

OPERATORS = [
    '"', '""', '"""', '"a', 'a"', '"a" "b', '"a b"c', "'", "''", "'a", "a'b'", "`a`", "*", "**", "a*",
    "*a", "a**b", "a *", "(", ")", "()", "((", "(a", "a)", "(a))", "(a AND (b", "AND", "OR", "NOT",
    "NEAR", "NEAR()", "NEAR(a b)", "NEAR(a b, 2)", "NEAR/3", "a NEAR b", "a AND", "AND a",
    "a AND AND b", "a OR", "OR OR OR", "NOT a", "a NOT", "a NOT NOT b", "not and or near",
    "a AND NOT (b OR", ":", "a:", ":a", "words:a", "words : a", "rowid:1", "{words}:a", "{a b}:c",
    "- a", "-a", "a -b", "+a", "a + b", "a+b", "^a", "^ a", "a^2", "a^", "{", "}", "[", "]", "[a TO b]",
    "a~", "a~0.8", "!a", "! & |", "a & b", "a | b", "a & | b", "a <-> b", "a <2> b", "<->", "a:*",
    "a:A", "a:*B", "a:ABCD", "\\", "\\\\", "a\\", "\\a", "\\'a", "\\x27", "a:b:c:d", "a,b;c.d", "...",
    "…", "?", "a?b", "%", "%%", "a%b", "_", "__", "a_b", "%_%", "$1", ":q", "%(q)s", "%s", "{0}",
    "{{7*7}}", "${7*7}", "#{1}", "<%= 1 %>",
]  # fmt: skip
SENTENCES_OF_SQL = [
    "' OR '1'='1", "'; DROP TABLE search_row; --", "1; DELETE FROM edition",
    "x' UNION SELECT * FROM account --", "\" UNION SELECT password FROM account", "a' AND 1=1 --",
    "/* */ a", "--", "-- a", "a;", "';vacuum;", "0x41", "search_fts MATCH 'a'", "rank MATCH 'bm25(10)'",
    "delete-all", "'integrity-check'", "pg_sleep(5)", "'); SELECT pg_sleep(5); --", "to_tsquery('a')",
    "$$a$$", "E'\\\\'", "CAST(1 AS tsquery)",
]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>", "<mark>a</mark>", "</mark><b>", "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='a", "&lt;b&gt;", "&", "&amp;", "&#0;", "<!--", "]]>", "javascript:alert(1)",
    "%3Cscript%3E",
]  # fmt: skip
CHARACTERS = [
    "\x00", "a\x00b", "\x00\x00", "\x01\x02\x1f\x7f", "\r\n\r\na", "\t", "\u00a0", "\u2028", "\u2029",
    "\ufeff", "\ufffd", "\ufffe", "\uffff", "\ufdd0", "\ue000", "\U0010ffff", "\U000e0001", "😀",
    "👩‍👩‍👧‍👦", "🇺🇦", "❤️", "a😀b", "😀*", "①②", "½", "ﬁ", "ﷺ", "ﷺ" * 60, "Ⅷ", "ß", "ẞ", "İ", "ı",
    "ΐ", "Σς", "ǆ", "à́̂̃", "e" + "\u0301" * 150, "\u0301", "שלום", "مرحبا", "مرحبا\u202e abc",
    "\u202e\u202d\u2066", "\u2067a", "中文", "日本語のテキスト", "한국어", "ไทย", "हिन्दी", "த", "ა",
    "Ა", "𐐷", "𝒜𝒷", "ꙮ", "ʼ", "’’’", "п’ять", "п'ять'", "'ʼ’`´", "۱۲۳", "१२३", "²³", "٪",
]  # fmt: skip
LENGTHS = [
    " " * 5000, "a" * 5000, "a " * 2500, "é" * 5000, "(" * 5000, '"' * 5000, "* " * 2500, "𝒜" * 2000,
    "😀" * 2000, "не " * 1000, "a" * 199 + "é" * 5, "a" * 41, "OR " * 300, "NEAR(" * 100,
    "\u0301" * 3000, "ﷺ" * 500,
]  # fmt: skip

STRINGS = OPERATORS + SENTENCES_OF_SQL + MARKUP + CHARACTERS + LENGTHS
