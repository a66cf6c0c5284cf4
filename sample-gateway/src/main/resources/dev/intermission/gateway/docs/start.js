"use strict";

SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#api",
  deepLinking: true,
  // Otherwise the page asks a validator on the internet.
  validatorUrl: null,
});
