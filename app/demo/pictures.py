"""The pictures of the demonstration: what each shows, in three languages, and its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from PIL import ExifTags, Image

from app.demo.drawing import buildings, maps, meetings, travel, work
from app.demo.drawing.canvas import Canvas
from app.library.studio import labels, splicing

CREDIT = "International Secretariat"
WIDE = (1920, 1080)
TALLER = (1920, 1280)
PHOTO = (900, 600)  # of the library: its sizes are made while the demonstration is set up
QUALITY = 88

# What XMP and the press agencies' vocabulary call a picture that a program made, from no other picture.
MADE_BY = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"


@dataclass(frozen=True)
class DemoPicture:
    """One picture: a title for lists, and a text that stands for it where it cannot be seen."""

    key: str
    titles: dict[str, str]
    alts: dict[str, str]
    width: int
    height: int
    credit: str = CREDIT


@dataclass(frozen=True)
class _Scene:
    draw: Callable[[Canvas], None]
    size: tuple[int, int]
    title: tuple[str, str, str]
    alt: tuple[str, str, str]


LANGUAGES = ("fr", "en", "uk")

_SCENES = {
    "round-table": _Scene(
        meetings.round_table,
        WIDE,
        ("La table ronde", "The round table", "Круглий стіл"),
        (
            "Dessin : des silhouettes autour d’une grande table ronde, douze drapeaux à l’arrière-plan",
            "Drawing: silhouettes around a large round table, twelve flags behind them",
            "Малюнок: силуети людей за великим круглим столом, позаду дванадцять прапорів",
        ),
    ),
    "podium": _Scene(
        meetings.podium,
        WIDE,
        ("Le pupitre de la salle de presse", "The lectern of the press room", "Трибуна в залі для преси"),
        (
            "Dessin : un pupitre à deux micros devant un rideau bleu, entre des drapeaux, face aux journalistes",
            "Drawing: a lectern with two microphones before a blue curtain, between flags, facing reporters",
            "Малюнок: трибуна з двома мікрофонами на тлі синьої завіси, обабіч прапори, попереду журналісти",
        ),
    ),
    "video-wall": _Scene(
        meetings.video_wall,
        WIDE,
        (
            "Une réunion par visioconférence",
            "A meeting by video conference",
            "Нарада у форматі відеоконференції",
        ),
        (
            "Dessin : quinze participants sur un mur d’écrans, deux personnes assises à une table au premier plan",
            "Drawing: fifteen participants on a wall of screens, two people seated at a table in front",
            "Малюнок: п’ятнадцять учасників на стіні екранів, на передньому плані двоє людей за столом",
        ),
    ),
    "booths": _Scene(
        meetings.booths,
        WIDE,
        ("Les cabines des interprètes", "The interpreters’ booths", "Кабіни синхронних перекладачів"),
        (
            "Dessin : six interprètes casqués dans trois cabines éclairées, au-dessus d’une salle plongée dans l’ombre",
            "Drawing: six interpreters with headsets in three lit booths, above a darkened hall",
            "Малюнок: шестеро перекладачів у навушниках у трьох освітлених кабінах над затемненою залою",
        ),
    ),
    "classroom": _Scene(
        meetings.classroom,
        TALLER,
        ("Un cours devant la carte", "A class before the map", "Заняття біля мапи"),
        (
            "Dessin : un formateur montre un itinéraire sur une carte murale à une classe vue de dos",
            "Drawing: an instructor points to a route on a wall map, the class seen from behind",
            "Малюнок: викладач показує маршрут на настінній мапі, слухачів видно зі спини",
        ),
    ),
    "apron": _Scene(
        travel.apron,
        WIDE,
        ("Chargement au crépuscule", "Loading at dusk", "Завантаження в сутінках"),
        (
            "Dessin : un avion de transport, rampe ouverte, sur une aire de stationnement mouillée au crépuscule",
            "Drawing: a transport aircraft, its ramp open, on a wet apron at dusk",
            "Малюнок: транспортний літак із відкритою рампою на мокрому пероні в сутінках",
        ),
    ),
    "harbour": _Scene(
        travel.harbour,
        WIDE,
        ("Le port au matin", "The harbour in the morning", "Порт уранці"),
        (
            "Dessin : des grues au-dessus d’un porte-conteneurs, dans la brume du matin",
            "Drawing: cranes above a container ship in the morning mist",
            "Малюнок: крани над контейнеровозом у ранковому тумані",
        ),
    ),
    "convoy": _Scene(
        travel.convoy,
        WIDE,
        ("Le convoi sur le pont", "The convoy on the bridge", "Колона на мосту"),
        (
            "Dessin : cinq camions, phares allumés, sur un pont en arc au-dessus d’une vallée",
            "Drawing: five lorries with their lights on, on an arch bridge above a valley",
            "Малюнок: п’ять вантажівок з увімкненими фарами на арковому мосту над долиною",
        ),
    ),
    "route-map": _Scene(
        maps.route_map,
        WIDE,
        ("La carte des itinéraires", "The map of routes", "Мапа маршрутів"),
        (
            "Dessin : une carte imprimée de côtes imaginaires, des itinéraires rouges et bleus, un compas de laiton",
            "Drawing: a printed map of imaginary coasts, red and blue routes, a pair of brass dividers",
            "Малюнок: друкована мапа уявних узбереж, червоні й сині маршрути, латунний вимірювальний циркуль",
        ),
    ),
    "satellite": _Scene(
        maps.satellite,
        WIDE,
        ("Un satellite au-dessus du fleuve", "A satellite above the river", "Супутник над річкою"),
        (
            "Dessin : un satellite passe au-dessus d’un fleuve en crue qui serpente entre des champs",
            "Drawing: a satellite passes above a river in flood that winds between fields",
            "Малюнок: супутник пролітає над річкою, що розлилася й петляє між полями",
        ),
    ),
    "entrance": _Scene(
        buildings.entrance,
        WIDE,
        ("L’entrée du siège", "The entrance of the headquarters", "Вхід до штаб-квартири"),
        (
            "Dessin : sept drapeaux au vent devant une entrée vitrée, des passants sur l’esplanade",
            "Drawing: seven flags in the wind before a glass entrance, people crossing the square",
            "Малюнок: сім прапорів на вітрі перед скляним входом, люди переходять площу",
        ),
    ),
    "half-mast": _Scene(
        buildings.half_mast,
        WIDE,
        ("Drapeaux en berne", "Flags at half-mast", "Приспущені прапори"),
        (
            "Dessin : trois drapeaux en berne un soir gris, des fleurs au pied des mâts, une seule fenêtre éclairée",
            "Drawing: three flags at half-mast on a grey evening, flowers below them, a single window lit",
            "Малюнок: три приспущені прапори сірого вечора, квіти біля щогл, світиться єдине вікно",
        ),
    ),
    "antenna": _Scene(
        buildings.antenna,
        WIDE,
        ("La station sous la neige", "The station in the snow", "Станція серед снігів"),
        (
            "Dessin : deux antennes paraboliques et un mât dans la neige, sous une aurore boréale",
            "Drawing: two dish antennas and a mast in the snow, under the northern lights",
            "Малюнок: дві параболічні антени й щогла серед снігу під полярним сяйвом",
        ),
    ),
    "reading-room": _Scene(
        buildings.reading_room,
        TALLER,
        ("La salle de lecture", "The reading room", "Читальна зала"),
        (
            "Dessin : une salle de lecture voûtée, des lampes vertes sur de longues tables, des murs de livres",
            "Drawing: a vaulted reading room, green lamps on long tables, walls of books",
            "Малюнок: склепінчаста читальна зала, зелені лампи на довгих столах, стіни книжок",
        ),
    ),
    "warehouse": _Scene(
        buildings.warehouse,
        WIDE,
        ("Un dépôt commun", "A shared store", "Спільний склад"),
        (
            "Dessin : l’allée d’un dépôt entre de hauts rayonnages, un chariot élévateur, deux personnes au travail",
            "Drawing: the aisle of a store between high racks, a fork-lift truck, two people at work",
            "Малюнок: прохід складу між високими стелажами, навантажувач, двоє людей за роботою",
        ),
    ),
    "transformer": _Scene(
        work.transformer,
        WIDE,
        ("Devant le transformateur", "At the transformer", "Біля трансформатора"),
        (
            "Dessin : deux ingénieurs casqués devant un grand transformateur, des pylônes dans la lumière du soir",
            "Drawing: two engineers in helmets before a large transformer, pylons in the evening light",
            "Малюнок: двоє інженерів у касках перед великим трансформатором, опори в надвечірньому світлі",
        ),
    ),
    "field": _Scene(
        work.field,
        WIDE,
        ("Exercice de déminage", "Mine clearance training", "Навчання з розмінування"),
        (
            "Dessin : à l’aube, deux démineurs à genoux dans un couloir balisé de triangles rouges",
            "Drawing: two deminers kneeling at dawn in a lane marked with red triangles",
            "Малюнок: на світанку двоє саперів навколішки в коридорі, позначеному червоними трикутниками",
        ),
    ),
    "operations": _Scene(
        work.operations,
        WIDE,
        ("La salle d’opérations", "The operations room", "Операційна зала"),
        (
            "Dessin : des opérateurs dans la pénombre devant un mur d’écrans montrant un réseau et des courbes",
            "Drawing: operators in the half-dark before a wall of screens showing a network and curves",
            "Малюнок: оператори в напівтемряві перед стіною екранів зі схемою мережі та графіками",
        ),
    ),
    "water-point": _Scene(
        work.water_point,
        WIDE,
        ("Un point d’eau sur la place", "A water point on the square", "Пункт роздачі води на площі"),
        (
            "Dessin : à la nuit tombante, des habitants font la queue devant un camion-citerne, avec des bidons",
            "Drawing: at nightfall people queue with cans beside a water tanker on a town square",
            "Малюнок: надвечір люди з каністрами стоять у черзі до автоцистерни на площі міста",
        ),
    ),
}


def pictures() -> list[DemoPicture]:
    """Return what is known about every picture, without drawing any."""
    return [
        DemoPicture(
            key,
            dict(zip(LANGUAGES, scene.title, strict=True)),
            dict(zip(LANGUAGES, scene.alt, strict=True)),
            *scene.size,
        )
        for key, scene in _SCENES.items()
    ]


def draw(key: str) -> bytes:
    """Return the picture as a JPEG file that names its maker; the same bytes at every call."""
    scene = _SCENES[key]
    canvas = Canvas(*scene.size)
    scene.draw(canvas)
    title, alt = scene.title[1], scene.alt[1]
    about = Image.Exif()
    about[ExifTags.Base.ImageDescription] = alt
    about[ExifTags.Base.Artist] = CREDIT
    about[ExifTags.Base.Copyright] = CREDIT
    file = BytesIO()
    canvas.finished().save(
        file, "JPEG", quality=QUALITY, progressive=True, exif=about, xmp=_xmp(title, alt).encode()
    )
    return file.getvalue()


def photo(key: str, said: dict[str, Any]) -> bytes:
    """Return the picture in the shape of a photo (3:2), as a JPEG that says of itself what ``said`` says (IPTC)."""
    canvas = Canvas(*PHOTO)
    _SCENES[key].draw(canvas)
    file = BytesIO()
    canvas.finished().save(file, "JPEG", quality=QUALITY)
    fields = labels.cleaned(said)
    return splicing.jpeg(
        file.getvalue(), exif=labels.exif(fields).tobytes(), xmp=labels.xmp(fields), iim=labels.iim(fields)
    )


def _xmp(title: str, alt: str) -> str:
    """Return what picture desks read: title, description, maker, credit, and that a program drew it."""

    def spoken(name: str, text: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"{spoken('dc:title', title)}{spoken('dc:description', alt)}{spoken('dc:rights', CREDIT)}"
        f"<dc:creator><rdf:Seq><rdf:li>{CREDIT}</rdf:li></rdf:Seq></dc:creator>"
        f"<photoshop:Credit>{CREDIT}</photoshop:Credit>"
        f"{spoken('Iptc4xmpCore:AltTextAccessibility', alt)}"
        f"<Iptc4xmpExt:DigitalSourceType>{MADE_BY}</Iptc4xmpExt:DigitalSourceType>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
