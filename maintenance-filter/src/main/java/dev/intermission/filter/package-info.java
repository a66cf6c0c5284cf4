/**
 * The servlet front of the gate: a filter that answers for closed APIs in any Jakarta servlet
 * container. Uses the gate and the Servlet API; Jetty only where it is there.
 */
@NullMarked
package dev.intermission.filter;

import org.jspecify.annotations.NullMarked;
