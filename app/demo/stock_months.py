"""What happened to the shared stocks in each month, and what the office says about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Move(NamedTuple):
    """Units received, lent or taken back by a store, and on which occasion, by language."""

    store: str
    kind: str
    units: int
    item: str
    occasion: Mapping[str, str]


class Month(NamedTuple):
    """A month: its last day, its moves, and by language the end of the lead and the first paragraph."""

    end: date
    moves: tuple[Move, ...]
    notes: Mapping[str, tuple[str, str]]


# Units in Riga, Košice and Porto at the end of November 2024.
BROUGHT_FORWARD = {
    "generators": (412, 236, 318),
    "transformers": (96, 148, 61),
    "water": (54, 47, 83),
    "bridges": (22, 18, 15),
    "tents": (640, 520, 710),
}


def _on(fr: str, en: str, uk: str) -> dict[str, str]:
    return {"fr": fr, "en": en, "uk": uk}


MONTHS = (
    Month(
        date(2024, 12, 31),
        (
            Move(
                "kosice",
                "received",
                16,
                "generators",
                _on("achetés d’occasion", "bought second-hand", "із вторинного ринку"),
            ),
            Move(
                "porto",
                "lent",
                40,
                "tents",
                _on(
                    "à une ville privée de gymnase",
                    "to a town that had lost its sports hall",
                    "місту, що лишилося без спортзалу",
                ),
            ),
        ),
        {
            "en": (
                "One store passed its yearly inspection without a remark.",
                """December is the quietest month of the register. The store in Riga was inspected from 9 to 11
                December
                2024; the auditor counted every bridge, and found as many as we had written down.""",
            )
        },
    ),
    Month(
        date(2025, 1, 31),
        (
            Move(
                "riga",
                "received",
                24,
                "generators",
                _on("commandés en octobre", "ordered in October", ", замовлені в жовтні"),
            ),
            Move(
                "porto",
                "lent",
                60,
                "tents",
                _on(
                    "pour les abris d’hiver de deux villes",
                    "for the winter shelters of two cities",
                    "для зимових притулків двох міст",
                ),
            ),
        ),
        {
            "fr": (
                "Le froid a fait sortir des tentes, et rentrer des groupes électrogènes.",
                """La demande de tentes chauffées n’a jamais été aussi forte en janvier. Les deux villes qui en
                ont emprunté
                les rendront au printemps ; aucune autre demande n’a dû être refusée.""",
            ),
            "en": (
                "The cold drew tents out of store, and generators came in.",
                """Never has a January seen such demand for heated tents. The two cities that borrowed them will
                return them
                in spring; no other request had to be refused.""",
            ),
        },
    ),
    Month(
        date(2025, 2, 28),
        (
            Move(
                "kosice",
                "received",
                9,
                "transformers",
                _on("donnés par des exploitants", "given by operators", "від операторів мереж"),
            ),
            Move(
                "riga",
                "lent",
                30,
                "generators",
                _on("après une tempête de verglas", "after an ice storm", "після крижаного дощу"),
            ),
        ),
        {
            "en": (
                "An ice storm took generators out of Riga within a day.",
                """The request came on a Sunday at 22:40, and the first lorry left at 5:15. That is within our
                own rule, but
                the second lorry waited four hours for a driver. Two more drivers are now on call at weekends.""",
            )
        },
    ),
    Month(
        date(2025, 3, 31),
        (
            Move(
                "riga",
                "back",
                26,
                "generators",
                _on("prêtés en février", "lent in February", ", наданих у лютому"),
            ),
            Move(
                "porto",
                "back",
                60,
                "tents",
                _on("prêtées en janvier", "lent in January", ", наданих у січні"),
            ),
            Move(
                "kosice",
                "lent",
                2,
                "bridges",
                _on(
                    "le temps de réparer un pont routier",
                    "while a road bridge is repaired",
                    "на час ремонту автомобільного мосту",
                ),
            ),
        ),
        {
            "fr": (
                "L’hiver s’achève : presque tout est rentré.",
                """Quatre groupes électrogènes ne reviendront pas : ils ont tourné jour et nuit et ne valent plus
                d’être
                réparés. Leurs pièces serviront à d’autres.""",
            ),
            "en": (
                "Winter is ending: almost everything is back.",
                """Four generators will not return: they ran day and night and are no longer worth repairing.
                Their parts
                will serve others.""",
            ),
            "uk": (
                "Зима минає: майже все повернулося.",
                """Чотири генератори вже не повернуться: вони працювали вдень і вночі, і ремонтувати їх немає
                сенсу. Їхні деталі знадобляться іншим.""",
            ),
        },
    ),
    Month(
        date(2025, 4, 30),
        (
            Move(
                "porto",
                "received",
                12,
                "water",
                _on("d’un nouveau modèle", "of a new model", "нового зразка"),
            ),
            Move(
                "kosice",
                "lent",
                5,
                "transformers",
                _on(
                    "à un exploitant, pour quatre mois",
                    "to an operator, for four months",
                    "операторові мережі на чотири місяці",
                ),
            ),
        ),
        {
            "fr": (
                "Les nouvelles unités de purification tiennent dans une camionnette.",
                """Le nouveau modèle pèse deux fois moins que l’ancien et se met en marche sans outil. Il coûte
                aussi un
                tiers de plus : les anciens resteront donc en service tant qu’ils se réparent.""",
            ),
            "en": (
                "The new water purification units fit in a van.",
                """The new model weighs half as much as the old one and starts without tools. It also costs a
                third more: so
                the old ones will stay in service as long as they can be repaired.""",
            ),
            "uk": (
                "Нові установки для очищення води вміщуються у фургон.",
                """Новий зразок удвічі легший за старий, і запустити його можна без інструментів. Але він на
                третину дорожчий,
                тож старі установки працюватимуть, доки їх можна лагодити.""",
            ),
        },
    ),
    Month(
        date(2025, 5, 31),
        (
            Move(
                "porto",
                "lent",
                10,
                "water",
                _on("à la vallée de la Veslava", "to the Veslava valley", "долині Веслави"),
            ),
            Move(
                "riga",
                "lent",
                3,
                "bridges",
                _on("à la vallée de la Veslava", "to the Veslava valley", "долині Веслави"),
            ),
        ),
        {
            "fr": (
                "Les crues de la Veslava expliquent tous les prêts du mois.",
                """Les ponts sont partis de Riga le mardi 13 mai 2025 et ont été posés deux jours plus tard. Sur
                les pompes,
                qui ne figurent pas dans ce tableau, un rapport séparé paraîtra en juin.""",
            ),
            "en": (
                "The floods on the Veslava account for all loans of the month.",
                """The bridges left Riga on Tuesday 13 May 2025 and were in place two days later. On the pumps,
                which this
                table does not include, a separate report will appear in June.""",
            ),
        },
    ),
    Month(
        date(2025, 6, 30),
        (
            Move(
                "porto",
                "lent",
                18,
                "water",
                _on(
                    "à des îles dont les puits s’épuisent",
                    "to islands whose wells run low",
                    "островам, де міліють криниці",
                ),
            ),
            Move("porto", "back", 10, "water", _on("prêtées en mai", "lent in May", ", наданих у травні")),
            Move("riga", "back", 3, "bridges", _on("prêtés en mai", "lent in May", ", надані в травні")),
        ),
        {
            "en": (
                "Bridges came home and water units went to sea.",
                """Everything lent to the Veslava valley is back, washed and counted. Three units returned with
                fish in the
                tank; the fish were released.""",
            )
        },
    ),
    Month(
        date(2025, 7, 31),
        (
            Move(
                "kosice",
                "received",
                40,
                "generators",
                _on("plus silencieux que les anciens", "quieter than the old ones", ", тихіших за попередні"),
            ),
            Move(
                "riga",
                "received",
                80,
                "tents",
                _on("d’une commande de 2024", "from an order of 2024", "за замовленням 2024 року"),
            ),
        ),
        {
            "fr": (
                "Le plus gros arrivage de l’année a rempli deux dépôts.",
                """Juillet est le mois des livraisons : les routes sont sèches et les équipes au complet. Les
                nouveaux groupes
                électrogènes peuvent fonctionner la nuit près d’un hôpital sans réveiller personne.""",
            ),
            "en": (
                "The largest delivery of the year filled two stores.",
                """July is the month of deliveries: the roads are dry and the teams complete. The new generators
                can run at
                night beside a hospital without waking anybody.""",
            ),
            "uk": (
                "Найбільше надходження року заповнило два склади.",
                """Липень — місяць надходжень: дороги сухі, бригади в повному складі. Нові генератори можуть
                працювати вночі біля
                лікарні й нікого не розбудити.""",
            ),
        },
    ),
    Month(
        date(2025, 8, 31),
        (
            Move(
                "kosice",
                "lent",
                45,
                "tents",
                _on(
                    "à un camp de jeunes secouristes",
                    "to a camp of young rescuers",
                    "таборові юних рятувальників",
                ),
            ),
            Move(
                "kosice",
                "back",
                5,
                "transformers",
                _on("prêtés en avril", "lent in April", ", наданих у квітні"),
            ),
        ),
        {
            "en": (
                "A camp of young rescuers borrowed tents, and the rain came by itself.",
                """The camp asked for tents that leak, for practice. We have none, and lent them good ones. The
                water units
                lent to the islands will be counted again in September.""",
            )
        },
    ),
    Month(
        date(2025, 9, 30),
        (
            Move("porto", "back", 18, "water", _on("prêtées en juin", "lent in June", ", наданих у червні")),
            Move(
                "riga",
                "lent",
                9,
                "water",
                _on(
                    "pour l’exercice « Eau claire », à Gand",
                    "for the exercise “Clear Water” in Ghent",
                    "для навчань «Чиста вода» в Генті",
                ),
            ),
        ),
        {
            "fr": (
                "L’eau a occupé tout le mois de septembre.",
                """Les unités rentrées des îles ont reçu de nouveaux filtres, prévus pour une eau plus salée.
                Celles de
                l’exercice de Gand reviendront en octobre.""",
            ),
            "en": (
                "September was all about water.",
                """The units that came back from the islands were given new filters, made for saltier water.
                Those of the
                exercise in Ghent will return in October.""",
            ),
            "uk": (
                "Увесь вересень минув під знаком води.",
                """Установки, що повернулися з островів, отримали нові фільтри, розраховані на солонішу воду. Ті,
                що були на
                навчаннях у Генті, повернуться в жовтні.""",
            ),
        },
    ),
    Month(
        date(2025, 10, 31),
        (
            Move(
                "riga",
                "back",
                9,
                "water",
                _on("prêtées en septembre", "lent in September", ", наданих у вересні"),
            ),
            Move(
                "porto",
                "lent",
                120,
                "tents",
                _on("pour un pont aérien d’essai", "for a trial airlift", "для пробного повітряного мосту"),
            ),
            Move(
                "porto",
                "back",
                120,
                "tents",
                _on("deux semaines plus tard", "two weeks later", "через два тижні"),
            ),
            Move(
                "kosice", "back", 45, "tents", _on("prêtées en août", "lent in August", ", наданих у серпні")
            ),
        ),
        {
            "fr": (
                "À un mois de l’hiver, les dépôts sont au plus haut.",
                """Tout ce qui avait été prêté pour un exercice est rentré. Il manque encore des transformateurs
                de petite
                taille, les plus demandés l’hiver dernier ; quatorze sont attendus en novembre.""",
            ),
            "en": (
                "A month before winter the stores are at their fullest.",
                """Everything that had been lent for an exercise is back. Small transformers are still lacking,
                those most in
                demand last winter; fourteen are expected in November.""",
            ),
            "uk": (
                "За місяць до зими склади найповніші за рік.",
                """Усе, що надавали для навчань, повернулося. Досі бракує невеликих трансформаторів, на які
                минулої зими був
                найбільший попит; у листопаді чекаємо ще чотирнадцять.""",
            ),
        },
    ),
    Month(
        date(2025, 11, 30),
        (
            Move(
                "riga",
                "received",
                14,
                "transformers",
                _on("de petite taille", "of the small kind", "невеликого розміру"),
            ),
            Move(
                "kosice",
                "lent",
                38,
                "generators",
                _on(
                    "à des hôpitaux qui remplacent les leurs",
                    "to hospitals that are replacing theirs",
                    "лікарням, які замінюють свої",
                ),
            ),
        ),
        {
            "fr": (
                "Les petits transformateurs attendus sont arrivés.",
                """Les hôpitaux auxquels nous prêtons des groupes électrogènes les rendront en mars. D’ici là,
                Riga peut couvrir
                seule les besoins d’une tempête comme celle de février.""",
            ),
            "en": (
                "The small transformers that we were waiting for have come.",
                """The hospitals to which we are lending generators will return them in March. Until then Riga
                alone can meet
                the needs of a storm like that of February.""",
            ),
        },
    ),
)
