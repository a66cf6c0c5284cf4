package dev.intermission.gateway.command;

/** Starts the sample gateway, and what belongs to it, from the command line. */
public final class GatewayMain {

  private GatewayMain() {}

  /** Runs the command that the arguments name, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        Commands.run(System.getenv(), new Terminal(System.in, System.out, System.err), arguments));
  }
}
