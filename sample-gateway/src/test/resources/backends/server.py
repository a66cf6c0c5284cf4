import sys

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, run_simple

app = Flask(__name__)


def handler(name, *rules):
    def answer(**captured):
        return "handler=" + name

    for number, rule in enumerate(rules):
        app.add_url_rule(rule, name + str(number), answer)


handler("closed", "/closed", "/closed/", "/closed/<path:rest>", "/api/v1", "/api/v1/", "/api/v1/<path:rest>")
handler("open", "/open", "/open/", "/open/<path:rest>")
handler("other", "/", "/<path:rest>")


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *args):
        pass


run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=Quiet)
