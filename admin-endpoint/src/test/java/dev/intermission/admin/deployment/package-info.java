/** Tests of deployments and their history. */
@NullMarked
package dev.intermission.admin.deployment;

import org.jspecify.annotations.NullMarked;
