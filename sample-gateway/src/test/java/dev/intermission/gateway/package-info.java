/** Tests of the whole gateway, started as its users start it. */
@NullMarked
package dev.intermission.gateway;

import org.jspecify.annotations.NullMarked;
