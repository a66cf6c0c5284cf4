package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** The main class of the sample gateway and its commands. */
public final class GatewayMain {

  private GatewayMain() {}

  /** Runs the command that the arguments name, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Output must be the same for programs that read it, whatever the language of the machine.
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
