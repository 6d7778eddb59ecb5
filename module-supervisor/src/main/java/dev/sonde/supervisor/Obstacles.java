package dev.sonde.supervisor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/// Finds out for what a bundle waits that was told to run.
@Component(service = Obstacles.class)
public final class Obstacles {

  private final DryResolve requirements;
  private final @Nullable ServiceComponentRuntime components;

  /// Made by the component runtime.
  ///
  /// @param components knows what components lack
  @Activate
  public Obstacles(
      BundleContext context,
      @Reference(cardinality = ReferenceCardinality.OPTIONAL)
          @Nullable ServiceComponentRuntime components) {
    this.requirements = new DryResolve(context);
    this.components = components;
  }

  /// What keeps a bundle from running; nothing if it runs or nobody told it to.
  Optional<Unusable> of(Bundle bundle) {
    if (bundle.getState() == Bundle.ACTIVE) {
      return missingServices(bundle);
    }
    if (!BundleStates.shouldRun(bundle)) {
      return Optional.empty();
    }
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (bundle.getState() == Bundle.INSTALLED && revision != null) {
      return requirements.missing(revision);
    }
    return Optional.of(
        new Unusable(
            "its bundle is told to run and does not",
            "start " + bundle.getBundleId() + " says why"));
  }

  private Optional<Unusable> missingServices(Bundle bundle) {
    ServiceComponentRuntime runtime = components;
    if (runtime == null) {
      return Optional.empty();
    }
    List<String> missing =
        runtime.getComponentDescriptionDTOs(bundle).stream()
            .flatMap(
                component ->
                    runtime.getComponentConfigurationDTOs(component).stream()
                        .filter(
                            configuration ->
                                configuration.state
                                    == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
                        .flatMap(
                            configuration ->
                                Stream.of(configuration.unsatisfiedReferences)
                                    .map(lack -> describe(component.references, lack))))
            .distinct()
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unusable(
                "waits for the service " + missing.stream().collect(Collectors.joining(", ")),
                "install or start the bundle that offers it"));
  }

  private static String describe(ReferenceDTO[] declared, UnsatisfiedReferenceDTO lack) {
    String type =
        Arrays.stream(declared)
            .filter(reference -> reference.name.equals(lack.name))
            .map(reference -> reference.interfaceName)
            .findFirst()
            .orElse(lack.name);
    return lack.target == null ? type : type + " " + lack.target;
  }
}
