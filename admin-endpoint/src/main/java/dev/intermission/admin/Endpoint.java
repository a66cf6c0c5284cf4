package dev.intermission.admin;

import dev.intermission.admin.http.PathPattern;
import dev.intermission.admin.http.Resource;

/** A path pattern, and the resource that answers at its paths. */
record Endpoint(PathPattern pattern, Resource resource) {

  Endpoint(String pattern, Resource resource) {
    this(new PathPattern(pattern), resource);
  }
}
