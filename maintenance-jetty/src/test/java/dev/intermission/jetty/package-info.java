@NullMarked
package dev.intermission.jetty;

import org.jspecify.annotations.NullMarked;
