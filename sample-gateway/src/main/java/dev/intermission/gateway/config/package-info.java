/**
 * The gateway's configuration: a YAML file bound strictly to records, and what options and
 * variables put over it. Uses Jackson, the vocabulary, and the check for password hashes.
 */
@NullMarked
package dev.intermission.gateway.config;

import org.jspecify.annotations.NullMarked;
