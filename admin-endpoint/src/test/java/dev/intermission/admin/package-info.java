/** Tests of the management API over real sockets, with a real store. */
@NullMarked
package dev.intermission.admin;

import org.jspecify.annotations.NullMarked;
