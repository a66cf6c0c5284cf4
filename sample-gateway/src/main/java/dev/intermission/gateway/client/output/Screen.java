package dev.intermission.gateway.client.output;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The input and output of a command.
 *
 * @param in the input of the operator
 * @param out what the operator asked for
 * @param err progress, warnings and failures
 * @param terminal whether input and output are a terminal, so that questions can be asked
 */
public record Screen(InputStream in, PrintStream out, PrintStream err, boolean terminal) {}
