package dev.intermission.gateway.command;

import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.gateway.config.ConfigException;
import dev.intermission.gateway.data.DataFolderException;
import dev.intermission.gateway.server.ListenException;
import dev.intermission.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Reports failures that an operator can correct in one line each, and all others with a stack
 * trace.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** The exit code of a command that failed. */
  static final int FAILED = 1;

  /** The exit code of a wrong command line. */
  static final int NOT_UNDERSTOOD = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean operators =
        e instanceof ConfigException
            || e instanceof ListenException
            || e instanceof DataFolderException
            || e instanceof StoreException
            || e instanceof StoreUnavailableException
            || e instanceof IllegalArgumentException;
    if (operators) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> terminal.tell(command.getCommandSpec().qualifiedName() + ": " + line));
    } else {
      LOG.error("{} failed", command.getCommandSpec().qualifiedName(), e);
    }
    return e instanceof ConfigException config && config.isOfOptions() ? NOT_UNDERSTOOD : FAILED;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    terminal.tell(
        command.getCommandSpec().qualifiedName()
            + ": "
            + e.getMessage()
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return NOT_UNDERSTOOD;
  }
}
