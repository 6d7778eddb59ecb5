package dev.sonde.supervisor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/// Finds out whether a bundle could be resolved before anything is done to the version that runs: a
/// bundle of another name, with nothing in it but the headers that count for wiring, is installed,
/// resolved by the framework, and uninstalled again.
final class DryResolve {

  private static final String PREFIX = "dev.sonde.trial.";

  private static final List<String> HEADERS =
      List.of(
          Constants.BUNDLE_MANIFESTVERSION,
          Constants.BUNDLE_VERSION,
          Constants.IMPORT_PACKAGE,
          Constants.EXPORT_PACKAGE,
          Constants.REQUIRE_BUNDLE,
          Constants.REQUIRE_CAPABILITY,
          Constants.FRAGMENT_HOST);

  private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");
  private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
  private static final int NEAR = 3;

  private final BundleContext context;

  DryResolve(BundleContext context) {
    this.context = context;
  }

  /// Tries it.
  ///
  /// @throws Unusable if the bundle can not be resolved with what is installed
  void check(DeployedJar jar) throws Unusable {
    Bundle trial = null;
    try {
      trial =
          context.installBundle(
              "trial:" + jar.symbolicName(), new ByteArrayInputStream(headersOnly(jar)));
      BundleRevision revision = trial.adapt(BundleRevision.class);
      Optional<Unusable> missing = missing(revision);
      if (missing.isPresent()) {
        throw missing.get();
      }
      if (!jar.isFragment() && !wiring().resolveBundles(List.of(trial))) {
        throw new Unusable(
            "it can not be resolved: " + whyNot(trial),
            "build it against what is here (lb and inspect show that)");
      }
    } catch (BundleException e) {
      throw Unusable.ofFullDisk(e)
          .orElseGet(
              () ->
                  new Unusable(
                      "the framework does not take its manifest: " + e.getMessage(),
                      "mend the manifest"));
    } finally {
      uninstall(trial);
    }
  }

  private static byte[] headersOnly(DeployedJar jar) {
    Attributes all = jar.manifest().getMainAttributes();
    Manifest manifest = new Manifest();
    Attributes kept = manifest.getMainAttributes();
    kept.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    kept.putValue(Constants.BUNDLE_SYMBOLICNAME, PREFIX + jar.symbolicName());
    for (String header : HEADERS) {
      String value = all.getValue(header);
      if (value != null) {
        kept.putValue(header, value);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      out.finish();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  /// The first thing that a bundle needs and nobody provides.
  Optional<Unusable> missing(BundleRevision revision) {
    return revision.getDeclaredRequirements(null).stream()
        .filter(DryResolve::isMandatory)
        .filter(requirement -> !isProvided(requirement))
        .map(this::explain)
        .findFirst();
  }

  /// The framework does not count a host that runs as one to which a fragment could be attached.
  private boolean isProvided(Requirement requirement) {
    return !wiring().findProviders(requirement).isEmpty()
        || (requirement.getNamespace().equals(BundleRevision.HOST_NAMESPACE)
            && requirement instanceof BundleRequirement host
            && Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(
                    revision ->
                        revision.getDeclaredCapabilities(BundleRevision.HOST_NAMESPACE).stream())
                .anyMatch(host::matches));
  }

  private static boolean isMandatory(Requirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    return !Namespace.RESOLUTION_OPTIONAL.equals(resolution)
        && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution)
        && directives
            .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE)
            .equals(Namespace.EFFECTIVE_RESOLVE);
  }

  private Unusable explain(Requirement requirement) {
    String filter =
        requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
    return switch (requirement.getNamespace()) {
      case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(filter);
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> missingJava(filter);
      default ->
          new Unusable(
              "nothing here provides " + requirement.getNamespace() + " " + filter,
              "install what provides it, and copy the jar again");
    };
  }

  private static Unusable missingJava(String filter) {
    return filter.contains("UNKNOWN")
        ? new Unusable(
            "its manifest asks for a Java version that its build tool did not know (UNKNOWN)",
            "build it with bnd 7.3.0 or newer")
        : new Unusable(
            "it needs " + filter + "; here is Java " + Runtime.version().feature(),
            "compile it with --release " + Runtime.version().feature());
  }

  private Unusable missingPackage(String filter) {
    Matcher named = PACKAGE.matcher(filter);
    String name = named.find() ? named.group(1) : filter;
    String problem = "nothing here exports the package " + name + range(filter);
    List<BundleCapability> exports = exports();
    List<BundleCapability> sameName =
        exports.stream().filter(export -> name.equals(packageOf(export))).toList();
    if (!sameName.isEmpty()) {
      return new Unusable(
          problem + "; " + describe(sameName.getFirst()),
          "build it against that version, or install one that fits and copy the jar again");
    }
    return exports.stream()
        .filter(export -> distance(name, packageOf(export)) <= NEAR)
        .min(Comparator.comparingInt(export -> distance(name, packageOf(export))))
        .map(
            near ->
                new Unusable(
                    problem + "; " + describe(near), "if that is what it means, correct the name"))
        .orElseGet(
            () ->
                new Unusable(
                    problem,
                    "install a bundle that exports it, or put the classes into the jar"
                        + " (Private-Package, -includeresource); then copy the jar again"));
  }

  private static String range(String filter) {
    Matcher least = AT_LEAST.matcher(filter.replaceAll(BELOW.pattern(), ""));
    Matcher below = BELOW.matcher(filter);
    String from = least.find() ? " from " + least.group(1) : "";
    String to = below.find() ? " up to, but not, " + below.group(1) : "";
    return from.isEmpty() && to.isEmpty() ? "" : " in a version" + from + to;
  }

  private List<BundleCapability> exports() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> !bundle.getSymbolicName().startsWith(PREFIX))
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .flatMap(
            revision ->
                revision == null
                    ? Stream.empty()
                    : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
        .toList();
  }

  private static String packageOf(BundleCapability export) {
    return String.valueOf(export.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
  }

  private static String describe(BundleCapability export) {
    return export.getRevision().getSymbolicName()
        + " exports "
        + packageOf(export)
        + " "
        + export.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
  }

  /// How many letters must be changed to make one text the other (Levenshtein).
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  /// The framework says it when it is told to start what it can not resolve.
  private static String whyNot(Bundle trial) {
    try {
      trial.start(Bundle.START_TRANSIENT);
      return "the framework does not say why";
    } catch (BundleException e) {
      return BundleStates.explain(e);
    }
  }

  private static void uninstall(@Nullable Bundle trial) throws Unusable {
    if (trial != null) {
      try {
        trial.uninstall();
      } catch (BundleException e) {
        throw new Unusable("the framework does not answer: " + e.getMessage(), "restart Sonde");
      }
    }
  }
}
