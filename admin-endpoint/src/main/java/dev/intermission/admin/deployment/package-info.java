/**
 * The calls that deploy, undeploy and roll back, and those that tell the deployment status and
 * history.
 */
@NullMarked
package dev.intermission.admin.deployment;

import org.jspecify.annotations.NullMarked;
