/** The folder in which one process keeps its files. */
@NullMarked
package dev.intermission.gateway.data;

import org.jspecify.annotations.NullMarked;
