/**
 * The gate's front for embedded Jetty. Uses the gate and Jetty's server; nothing of the Servlet
 * API.
 */
@NullMarked
package dev.intermission.jetty;

import org.jspecify.annotations.NullMarked;
