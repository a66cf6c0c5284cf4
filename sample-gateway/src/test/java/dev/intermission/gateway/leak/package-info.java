/** Tests that nothing is left of a web application that was stopped. */
@NullMarked
package dev.intermission.gateway.leak;

import org.jspecify.annotations.NullMarked;
