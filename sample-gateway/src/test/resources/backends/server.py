import sys

from flask import Flask
from werkzeug.routing import PathConverter
from werkzeug.serving import WSGIRequestHandler, run_simple

app = Flask(__name__)


class Below(PathConverter):
    """All below a path, also where another slash follows: that is not the path of another rule."""

    regex = ".*?"


app.url_map.converters["below"] = Below


def handler(name, *rules):
    def answer(**captured):
        return "handler=" + name

    for number, rule in enumerate(rules):
        app.add_url_rule(rule, name + str(number), answer)


handler("closed", "/closed", "/closed/", "/closed/<below:rest>", "/api/v1", "/api/v1/", "/api/v1/<below:rest>")
handler("open", "/open", "/open/", "/open/<below:rest>")
handler("other", "/", "/<below:rest>")


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *args):
        pass


run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=Quiet)
