package dev.sonde.ui;

import dev.sonde.event.network.DnsEvent;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import java.util.ArrayList;
import java.util.List;

/// The names that were asked for last, each once, newest first. Lives on the module's thread.
final class Names {

  /// How many names are kept.
  static final int MOST = 48;

  private static final String NO_ERROR = "NOERROR";

  private final List<Name> names = new ArrayList<>();

  /// A question moves its name to the front; an answer settles it where it stands.
  ///
  /// @param event a DNS message
  void hear(DnsEvent event) {
    if (event.name().isEmpty()) {
      return;
    }
    switch (event) {
      case DnsQuery query -> {
        names.removeIf(name -> name.name.equals(query.name()));
        names.addFirst(new Name(query.name(), query.type(), State.ASKED));
      }
      case DnsResponse response -> answer(response);
    }
    if (names.size() > MOST) {
      names.removeLast();
    }
  }

  private void answer(DnsResponse response) {
    boolean good = response.responseCode().equals(NO_ERROR);
    Name answered =
        new Name(
            response.name(),
            good ? response.type() : response.responseCode(),
            good ? State.ANSWERED : State.REFUSED);
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).name.equals(response.name())) {
        names.set(i, answered);
        return;
      }
    }
    names.addFirst(answered);
  }

  /// The names.
  ///
  /// @return newest first
  List<Name> latest() {
    return List.copyOf(names);
  }

  /// The newest name.
  ///
  /// @return empty if there is none yet
  String last() {
    return names.isEmpty() ? "" : names.getFirst().name;
  }

  /// A name and what became of it.
  ///
  /// @param name as the event has it
  /// @param note the type of the question, or the code of a bad answer
  /// @param state how it stands
  record Name(String name, String note, State state) {}

  /// How a question stands.
  enum State {
    /// No answer was heard yet.
    ASKED,
    /// It was answered.
    ANSWERED,
    /// The answer was an error.
    REFUSED
  }
}
