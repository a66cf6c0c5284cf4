package dev.intermission.api;

/** What a user may do inside a project (contract section 1): actions of API_MANAGEMENT. */
public enum Right {
  /** Read. Every other right implies it. */
  VIEW,
  /** Change settings, roll back, delete history. */
  MANAGE,
  /** Deploy and undeploy. */
  DEPLOY_UNDEPLOY,
  /** Everything in the project. */
  PROJECT_ADMINISTRATOR
}
