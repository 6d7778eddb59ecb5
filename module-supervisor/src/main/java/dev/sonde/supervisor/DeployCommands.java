package dev.sonde.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// The `module:*` commands that put jars into the deploy folder and take them out again.
@Component(
    service = DeployCommands.class,
    property = {
      "osgi.command.scope=module",
      "osgi.command.function=install",
      "osgi.command.function=update",
      "osgi.command.function=uninstall"
    })
public final class DeployCommands {

  private static final String MAVEN = "mvn:";
  private static final long ANSWER_SECONDS = 30;

  private final Supervisor supervisor;
  private final DeployFolder deployFolder;
  private final Path workingDirectory;

  /// Made by the component runtime.
  @Activate
  public DeployCommands(
      BundleContext context,
      @Reference Supervisor supervisor,
      @Reference DeployFolder deployFolder) {
    this.supervisor = supervisor;
    this.deployFolder = deployFolder;
    this.workingDirectory = Path.of("").toAbsolutePath();
  }

  /// Copies a jar into the deploy folder.
  @Descriptor("copies a jar into deploy/ and says what became of it")
  public String install(
      @Descriptor("a file, or mvn:GROUP:ARTIFACT:VERSION of the local repository") String jar)
      throws IOException {
    Path file = file(jar);
    String name = file.getFileName().toString();
    if (!name.endsWith(".jar")) {
      throw new IllegalArgumentException(name + " is no jar: its name does not end in .jar");
    }
    return put(file, name);
  }

  /// Replaces a module's jar.
  @Descriptor("replaces a module's jar in deploy/; its events wait meanwhile")
  public String update(
      @Descriptor("the module's name") String module,
      @Descriptor("a file, or mvn:GROUP:ARTIFACT:VERSION of the local repository") String jar)
      throws IOException {
    SupervisedModule known = supervisor.modules().known(module);
    Path file = file(jar);
    String name =
        deployFolder.fileOf(known.symbolicName()).orElseGet(() -> file.getFileName().toString());
    return put(file, name);
  }

  /// Takes a module's jar out of the deploy folder.
  @Descriptor("takes a module's jar out of deploy/, and the module with it")
  public String uninstall(@Descriptor("the module's name") String module) throws IOException {
    SupervisedModule known = supervisor.modules().known(module);
    String name =
        deployFolder
            .fileOf(known.symbolicName())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        module
                            + " did not come from deploy/ and can not be uninstalled;"
                            + " module:stop "
                            + module
                            + " stops it for good"));
    CompletableFuture<String> outcome = deployFolder.expect(name);
    Files.delete(deployFolder.folder().resolve(name));
    return await(name, outcome);
  }

  private Path file(String given) throws IOException {
    Path file = given.startsWith(MAVEN) ? inRepository(given) : workingDirectory.resolve(given);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException("There is no file " + file + " that can be read");
    }
    return file;
  }

  private static Path inRepository(String coordinates) {
    String[] parts = coordinates.substring(MAVEN.length()).split("[:/]", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          coordinates + " is not mvn:GROUP:ARTIFACT:VERSION, such as mvn:com.acme:valve:1.0.0");
    }
    return Path.of(System.getProperty("user.home"), ".m2", "repository")
        .resolve(parts[0].replace('.', '/'))
        .resolve(parts[1])
        .resolve(parts[2])
        .resolve(parts[1] + "-" + parts[2] + ".jar");
  }

  private String put(Path file, String name) throws IOException {
    if (!deployFolder.complaint().isEmpty()) {
      throw new IOException(deployFolder.complaint() + ": " + deployFolder.remedy());
    }
    Path target = deployFolder.folder().resolve(name);
    Path beside = deployFolder.folder().resolve("." + name + ".part");
    Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
    CompletableFuture<String> outcome = deployFolder.expect(name);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return await(name, outcome);
  }

  private static String await(String name, CompletableFuture<String> outcome) throws IOException {
    try {
      return outcome.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return name + " is still under way; module:list and doctor say more";
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return name + " is under way";
    }
  }
}
