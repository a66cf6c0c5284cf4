package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.UnknownOutcomeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is lost while it commits: what it was told may be saved. */
class UnknownOutcomeTest extends AdminTest {

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    server =
        new AdminServer(
            folder,
            options(),
            stores ->
                new AdminStores(
                    stores.settings(),
                    new LostAnswers(stores.history()),
                    stores.audit(),
                    stores.tokens(),
                    stores.operations()));
  }

  @Test
  void theAnswerSaysThatItIsNotKnownAndTheAuditTells() throws Exception {
    Http.Answer answer =
        send(
            Http.request("DELETE", PROXY + "deploy-histories/1/")
                .token(server.token("operator"))
                .with("X-Correlation-Id", "c-4711"));
    assertRefused(
        answer,
        503,
        "temporarily_unavailable",
        "The store was lost while it saved: the change is saved as a whole, or nothing of it is, and which of the two is not known. Look before you send it again: if it is saved, the audit of the API proxy has an entry with the correlationId c-4711");
    assertThat(answer.find("Retry-After")).isEmpty();
    assertThat(get(PROXY + "audit/").body())
        .contains("\"correlationId\":\"c-4711\",\"action\":\"HISTORY_DELETED\"");
  }

  /** Does what it is told, and loses the answer. */
  private record LostAnswers(DeploymentHistory history) implements DeploymentHistory {

    @Override
    public List<Deployment> deployments(ProxyId id) {
      return history.deployments(id);
    }

    @Override
    public Optional<Deployment> deployment(ProxyId id, long revision) {
      return history.deployment(id, revision);
    }

    @Override
    public boolean delete(
        ProxyId id, long revision, Consumer<SavedSettings> condition, Author author) {
      throw lost(history.delete(id, revision, condition, author));
    }

    @Override
    public Optional<SettingsStore.Update> rollBack(
        ProxyId id,
        long revision,
        List<DeploymentRequest> deployTo,
        Consumer<SavedSettings> condition,
        Author author) {
      throw lost(history.rollBack(id, revision, deployTo, condition, author));
    }

    private static UnknownOutcomeException lost(Object answer) {
      return new UnknownOutcomeException(
          "The connection was lost", new IllegalStateException("lost: " + answer));
    }
  }
}
