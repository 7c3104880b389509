"""A part plays in a browser: each of its frames, in its place, and its sound."""

from __future__ import annotations

import pytest

from tests.films import BITS
from tests.library.cutting.conftest import MASTERS, cut, masters  # noqa: F401 (fixtures)

# Goes to the middle of each frame, and reads the number that stands in it. A browser that is busy says "seeked" before
# it shows the frame: it has a second for that.
LOOK = """async ([first, frames, rate, bits]) => {
  const video = document.querySelector("video")
  const happens = name => new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, {once: true})
    video.addEventListener("error", () => reject(new Error(video.error.message)), {once: true})
  })
  video.src = URL.createObjectURL(await (await fetch("part.mp4")).blob())
  await happens("loadeddata")
  const canvas = Object.assign(document.createElement("canvas"), {width: video.videoWidth, height: video.videoHeight})
  const drawing = canvas.getContext("2d", {willReadFrequently: true})
  const read = () => {
    drawing.drawImage(video, 0, 0)
    const row = drawing.getImageData(0, video.videoHeight / 4, video.videoWidth, 1).data
    let number = 0
    for (let bit = 0; bit < bits; bit++) {
      if (row[4 * Math.floor((bit + 0.5) * video.videoWidth / bits)] > 125) number |= 1 << bit
    }
    return number
  }
  const numbers = []
  for (let frame = 0; frame < frames; frame++) {
    video.currentTime = (frame + 0.5) / rate
    await happens("seeked")
    const until = performance.now() + 1000
    while (read() !== first + frame && performance.now() < until) await new Promise(done => setTimeout(done, 20))
    numbers.push(read())
  }
  video.currentTime = 0
  await happens("seeked")
  video.muted = true
  await video.play()
  await happens("ended")
  return {numbers, duration: video.duration, error: video.error && video.error.message}
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["plain", "pyramid", "open", "drop", "hevc", "fifty"])
def test_a_part_plays_in_a_browser(name, masters, cut, page):  # noqa: F811
    assert name in MASTERS
    _, index = masters(name)
    format = "720p" if name == "drop" else "master"  # QuickTime with PCM is for editing programs
    path, done = cut(name, 19, 56, format=format)
    data = path.read_bytes()
    page.route(
        "http://film.test/**",
        lambda route: route.fulfill(
            body=data if route.request.url.endswith(".mp4") else "<!doctype html><video muted></video>",
            content_type="video/mp4" if route.request.url.endswith(".mp4") else "text/html",
        ),
    )
    page.goto("http://film.test/")
    seen = page.evaluate(LOOK, [19, done.frames, float(index.rate.fraction), BITS])

    assert seen["error"] is None
    assert seen["numbers"] == list(range(19, 56))
    assert abs(seen["duration"] - done.frames / float(index.rate.fraction)) < 0.05
