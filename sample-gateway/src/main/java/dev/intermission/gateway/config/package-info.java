/**
 * The gateway's configuration: a YAML file read strictly into records, and what options and
 * variables put over it. {@code Key} declares what has an option; {@code YamlText} reads the text,
 * {@code Section} and {@code Value} what must be where, and {@code Faults} collects all that is
 * wrong. Uses SnakeYAML's parser, the vocabulary, and the check for password hashes.
 */
@NullMarked
package dev.intermission.gateway.config;

import org.jspecify.annotations.NullMarked;
