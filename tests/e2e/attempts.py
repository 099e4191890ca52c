"""Code that tries to reach another origin, in every way that is known to us.

Each attempt asks a host of its own, so that one can tell which of them got out.
"""

from __future__ import annotations

from tests.e2e.deployment import Deployment

# Run in a page. Nothing here may throw: a policy's refusal comes as an exception, too.
IN_A_PAGE = """async () => {
    const at = (name) => `https://${name}.elsewhere.example/`;
    // Chromium opens a connection for a frame before it looks whether the policy allows one, and
    // then sends nothing. Over https this proxy could not tell that from a request.
    const plain = (url) => url.replace("https", "http");
    const add = (tag, properties) => {
        const element = Object.assign(document.createElement(tag), properties);
        document.body.append(element);
        return element;
    };
    const attempts = {
        fetch: (url) => fetch(url, { mode: "no-cors" }),
        xhr: (url) => { const x = new XMLHttpRequest(); x.open("GET", url); x.send(); },
        websocket: (url) => new WebSocket(url.replace("https", "wss")),
        eventsource: (url) => new EventSource(url),
        beacon: (url) => navigator.sendBeacon(url, "1"),
        image: (src) => { new Image().src = src; },
        script: (src) => add("script", { src }),
        module: (url) => import(url),
        style: (href) => add("link", { rel: "stylesheet", href }),
        background: (url) => add("p", { textContent: "x" }).style.background = `url(${url})`,
        font: (url) => new FontFace("theirs", `url(${url})`).load(),
        frame: (url) => add("iframe", { src: plain(url) }),
        video: (src) => add("video", { src, preload: "auto" }),
        object: (data) => add("object", { data }),
        prefetch: (href) => add("link", { rel: "prefetch", href }),
        modulepreload: (href) => add("link", { rel: "modulepreload", href }),
        form: (url) => {
            add("iframe", { name: "nobody" });
            add("form", { action: plain(url), method: "post", target: "nobody" }).submit();
        },
        ping: (ping) => {
            const link = add("a", { href: "#x", ping });
            link.click();
        },
        worker: (url) => {
            const code = `importScripts(${JSON.stringify(url)})`;
            new Worker(URL.createObjectURL(new Blob([code])));
        },
        workerfetch: (url) => {
            const code = `fetch(${JSON.stringify(url)}, { mode: "no-cors" })`;
            new Worker(URL.createObjectURL(new Blob([code])));
        },
        innerframe: (url) => {
            const frame = add("iframe", { srcdoc: "<p>inside</p>" });
            frame.onload = () =>
                frame.contentWindow.fetch(url, { mode: "no-cors" }).catch(() => {});
        },
    };
    for (const [name, attempt] of Object.entries(attempts)) {
        try { Promise.resolve(attempt(at(name))).catch(() => {}); } catch {}
    }
    await new Promise((done) => setTimeout(done, 2000));
}"""
PAGE = {"fetch", "xhr", "websocket", "eventsource", "beacon", "image", "script", "module"}
PAGE |= {"style", "background", "font", "frame", "video", "object", "prefetch", "modulepreload"}
PAGE |= {"form", "ping", "worker", "workerfetch", "innerframe"}

# Run in a cell, which is in the kernel's worker.
IN_PYTHON = """\
import asyncio, js, json, pyodide.code, pyodide.http
from js import Object, URL, Blob
from pyodide.ffi import to_js
def at(name): return f"https://{name}.elsewhere.example/"
def no_cors(): return to_js({"mode": "no-cors"}, dict_converter=Object.fromEntries)
def by_xhr():
    x = js.XMLHttpRequest.new(); x.open("GET", at("pyxhr"), False); x.send()
def nested(name, text):
    js.Worker.new(URL.createObjectURL(Blob.new(to_js([text]))))
attempts = [
    lambda: pyodide.http.pyfetch(at("pyfetch"), mode="no-cors"),
    lambda: pyodide.http.open_url(at("openurl")),
    lambda: js.fetch(at("jsfetch"), no_cors()),
    by_xhr,
    lambda: js.WebSocket.new(at("pywebsocket").replace("https", "wss")),
    lambda: js.EventSource.new(at("pyeventsource")),
    lambda: pyodide.code.run_js(f"import({json.dumps(at('pyimport'))})"),
    lambda: nested("x", f"fetch({json.dumps(at('pynested'))}, {{ mode: 'no-cors' }})"),
]
for attempt in attempts:
    try:
        result = attempt()
        if hasattr(result, "__await__"): await asyncio.wait_for(result, 20)
    except BaseException as error: pass
await asyncio.sleep(2)
"tried"
"""
PYTHON = {"pyfetch", "openurl", "jsfetch", "pyxhr", "pywebsocket", "pyeventsource", "pyimport"}
PYTHON |= {"pynested"}

# Run in the service worker.
IN_SERVICE_WORKER = """async () => {
    const at = (name) => `https://${name}.elsewhere.example/`;
    try { await fetch(at("swfetch"), { mode: "no-cors" }); } catch {}
    try { await fetch(new Request(at("swrequest"), { mode: "no-cors" })); } catch {}
    try { new WebSocket(at("swsocket").replace("https", "wss")); } catch {}
    await new Promise((done) => setTimeout(done, 1000));
}"""
SERVICE_WORKER = {"swfetch", "swrequest", "swsocket"}


def got_out(asked: list[str]) -> set[str]:
    """The names of the attempts that reached the world outside."""
    return {
        request.split("//")[-1].split(" ")[-1].split(".elsewhere.example")[0]
        for request in asked
        if ".elsewhere.example" in request
    }


def without_policies(deployment: Deployment) -> None:
    """Take every wall away: only then can one see that the attempts are real."""
    for name in ("index.html", "notebooks/index.html"):
        path = deployment.folder / name
        before, tag, after = path.read_text().partition(
            '<meta http-equiv="content-security-policy"'
        )
        assert tag, name
        path.write_text(before + after.partition(">")[2])
    worker = deployment.folder / "service-worker.js"
    text = worker.read_text()
    for wall, gap in WALLS.items():
        assert wall in text, wall
        text = text.replace(wall, gap)
    worker.write_text(text)


WALLS = {
    "address.origin === location.origin": "true",
    "delete self[name]": "true",
    "\"default-src 'self'": "\"default-src * 'unsafe-inline'",
}
