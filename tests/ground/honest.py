"""Texts of a press office in their stored form, which cleaning must leave as they are, word for word."""

from __future__ import annotations

BODIES = [
    (
        "fr",
        "<p>Les ministres se sont réunis à Bruxelles le 3 décembre 2025. L’ordre du jour portait sur "
        "l’aide à l’Ukraine, sur l’industrie et sur la sécurité de l’énergie.</p><h2>Ce qui a été "
        "décidé</h2><ul><li>investir davantage\u202f;</li><li>produire davantage\u202f;</li><li>tenir "
        "parole.</li></ul>",
    ),
    (
        "fr",
        "<p>Le budget passe de 12\u202f870 à 15\u202f400 euros, soit une hausse de 20\u00a0%. Est-ce "
        "assez\u202f? «\u202fOui\u202f», répond la trésorière\u00a0: «\u202fpour l’instant\u202f».</p>"
        "<table><caption>Contributions, en euros</caption><tbody><tr><th>Pays</th><th>2024</th><th>2025</th></tr>"
        "<tr><th>Estonie</th><td>1\u202f200</td><td>1\u202f450</td></tr></tbody></table>",
    ),
    (
        "fr",
        "<blockquote><p>«\u202fNous tiendrons parole, a-t-elle dit, aujourd’hui comme hier.\u202f»</p></blockquote>"
        "<p>La conférence de presse commence à 15:00, salle 1 (format 16:9). Écrivez à "
        '<a href="mailto:presse@example.org">presse@example.org</a> ou appelez le '
        '<a href="tel:+3225550148">+32 2 555 01 48</a>.</p>',
    ),
    (
        "fr",
        "<p>Étapes\u00a0:</p><ol><li>inscription avant le 12 mars\u202f;</li><li>retrait du badge, "
        "muni d’une pièce d’identité<ul><li>entrée nord</li><li>entrée sud</li></ul></li><li><p>accès "
        'à la salle.</p><p>Les places sont comptées.</p></li></ol><ol start="4"><li>sortie</li></ol>',
    ),
    (
        "fr",
        '<h3>Œuvres, naïveté, ça et là</h3><p>Le mot ukrainien <span lang="uk">п’ятниця</span> veut '
        'dire «\u202fvendredi\u202f»\u202f; <span lang="en">“embargo”</span> vient de l’espagnol. CO'
        "<sub>2</sub>, 1<sup>er</sup> rang, m<sup>2</sup>.</p>",
    ),
    (
        "en",
        "<p>Ministers met in Brussels on 3 December 2025. “We will keep our word,” she said, “as the "
        "Allies’ plans require.” It’s a 5% rise, from 12,870 to 13,514.</p><h2>What was decided</h2>"
        "<ul><li>invest more;</li><li>produce more;</li><li>support Ukraine.</li></ul>",
    ),
    (
        "en",
        "<p>Doors open at 9:30; the briefing runs 10:00–11:15. See "
        '<a href="https://example.org/events/?day=3&amp;room=a#map" hreflang="fr">the map</a>, or '
        "https://example.org/a_b-c/d.html?x=1&amp;y=2.</p><p>If a &lt; b &amp; b &lt; c, then a &lt; "
        "c. The tag &lt;br&gt; is a line break: {{ it }} stays text.</p>",
    ),
    (
        "en",
        "<figure>"
        ""
        '<img src="/media/pictures/k3Jf_9-x/1280.jpg" alt="Five flags in front of a glass building" '
        'width="1280" height="853">'
        "<figcaption>The flags of the <em>five</em> hosts. Photo: International Secretariat</figcaption></figure>"
        "<p>Rock ’n’ roll in the ’90s: “He said ‘no’ twice.”</p>",
    ),
    (
        "en",
        '<table><tbody><tr><th scope="col">Requirement</th><th scope="col">Amount</th></tr><tr>'
        '<td rowspan="2">Air defence</td><td>500\u00a0million</td></tr><tr><td><ul><li>pledged</li><li>'
        'paid</li></ul></td></tr><tr><td colspan="2"><p>Sources: ministries.</p><p>As of 1 May.</p>'
        "</td></tr></tbody></table>",
    ),
    (
        "en",
        "<p>The file is called report_final-2.v3.pdf; the reference is (2025) 148, the code F-16, the "
        "ISBN 978-2-07-036822-8. Ring +32 2 555 01 48, room 4.12, or write to "
        'o’brien+press@example.org…</p><p lang="ar" dir="rtl">مرحبا بكم</p>',
    ),
    (
        "uk",
        "<p>Міністри зустрілися в Брюсселі 3 грудня 2025 року. П’ять об’єктів уже відбудовано; ще "
        "три\u00a0— у роботі.</p><h2>Що вирішено</h2><ul><li>більше інвестувати;</li><li>більше "
        "виробляти;</li></ul>",
    ),
    (
        "uk",
        "<p>«Ми дотримаємо слова»,\u00a0— сказала вона. «Це „нова“ сторінка», додав він. Бюджет зріс "
        "на 5\u00a0%: з 12\u00a0870 до 13\u00a0514\u00a0грн.</p><blockquote><p>«Допомога триватиме "
        "доти, доки вона потрібна».</p></blockquote>",
    ),
    (
        "uk",
        '<p>Початок о 15:00, акредитація до 12:30. Пишіть на <a href="mailto:presa@example.org">'
        'presa@example.org</a>. Дивіться також сторінку <a href="/uk/news/">новин</a>.</p><ol><li>'
        "реєстрація</li><li>вхід до зали №\u00a05</li></ol>",
    ),
    (
        "uk",
        '<h3>Ґанок, їжак, щедрість, ’</h3><p>Слово <span lang="fr">«\u202fcommuniqué\u202f»</span> '
        "прийшло з французької; рядок<br>другий рядок. H<sub>2</sub>O, 10<sup>3</sup>.</p>",
    ),
    (
        "uk",
        "<table><caption>Внески</caption><tbody><tr><th>Країна</th><th>Сума</th></tr><tr><td>Естонія</td>"
        "<td>1\u00a0200</td></tr><tr><td>Данія</td><td></td></tr></tbody></table><p><strong>Увага:</strong>"
        " <em>дані попередні</em>, станом на 1 травня; 2014–2020 роки.</p>",
    ),
]
