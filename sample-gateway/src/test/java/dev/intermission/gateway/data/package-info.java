/** Tests of the data folder. */
@NullMarked
package dev.intermission.gateway.data;

import org.jspecify.annotations.NullMarked;
