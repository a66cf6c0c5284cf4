'use strict';
const http = require('http');
const path = require('path');

const withoutQuery = (target) => target.split('?')[0];

// How a path is found, for each port.
const readings = [
  // As in static file servers: decoded, then normalized.
  (target) => path.posix.normalize(decodeURIComponent(withoutQuery(target))),
  // As Express: patterns are matched with the raw path, and only what they capture is decoded.
  (target) => withoutQuery(target),
  // As with the URL class, and decoded afterwards.
  (target) => decodeURIComponent(new URL(target, 'http://localhost').pathname),
];

const handler = (read) =>
  /^\/(closed|api\/v1)(\/|$)/.test(read) ? 'closed' : /^\/open(\/|$)/.test(read) ? 'open' : 'other';

readings.forEach((reading, index) => {
  http
    .createServer((request, response) => {
      try {
        response.end('handler=' + handler(reading(request.url)));
      } catch (malformed) {
        response.statusCode = 400;
        response.end('malformed');
      }
    })
    .listen(Number(process.argv[2 + index]), '127.0.0.1');
});
