package dev.intermission.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Drops connections to a server that has become a standby; the next one goes to the primary. */
final class LeaveStandby implements SQLExceptionOverride {

  static final String READ_ONLY = "25006";

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState())
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
