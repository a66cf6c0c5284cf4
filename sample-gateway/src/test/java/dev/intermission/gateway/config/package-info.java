/** Tests of the configuration file. */
@NullMarked
package dev.intermission.gateway.config;

import org.jspecify.annotations.NullMarked;
