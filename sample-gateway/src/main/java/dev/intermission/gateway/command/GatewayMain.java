package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** Starts the sample gateway, and what belongs to it, from the command line. */
public final class GatewayMain {

  private GatewayMain() {}

  /** Runs the command that the arguments name, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Digits and letters are for programs too, whatever the language of the machine.
    Locale.setDefault(Locale.ROOT);
    System.exit(
        Commands.run(
            System.getenv(),
            new Terminal(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8)),
            arguments));
  }
}
