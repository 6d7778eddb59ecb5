package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.AccessPointLost;
import dev.sonde.event.network.AccessPointNew;
import dev.sonde.event.network.AccessPointUpdated;
import dev.sonde.event.network.NetworkAlert;
import dev.sonde.event.network.RawText;
import dev.sonde.event.network.WifiAssociation;
import dev.sonde.event.network.WifiClientLost;
import dev.sonde.event.network.WifiClientNew;
import dev.sonde.event.network.WifiDisconnection;
import dev.sonde.event.network.WifiHandshake;
import dev.sonde.event.network.WifiPmkid;
import dev.sonde.event.network.WifiProbe;
import dev.sonde.event.network.WifiSecurity;
import dev.sonde.event.network.WifiSecurity.Protocol;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WifiWatchTest {

  private static final long BSSID = SampleHost.mac(0x20);
  private static final long CLIENT = SampleHost.mac(0x30);
  private static final SampleAccessPoint HOME = new SampleAccessPoint(BSSID, "home", 6, -50, true);

  private static final int IEEE_802_1X = 1;
  private static final int PSK = 2;
  private static final int FT_PSK = 4;
  private static final int SAE = 8;

  private final Heard heard = new Heard();
  private final SampleDot11 air = new SampleDot11();

  @Test
  void shouldTellAnAccessPointOnceWithAllThatItSays() {
    heard.wifi(air.beacon(HOME, 1)).wifi(air.beacon(HOME, 2));

    AccessPointNew found = heard.only(AccessPointNew.class);
    assertThat(found.accessPoint().bssid().value()).isEqualTo(BSSID);
    assertThat(found.accessPoint().ssid()).isEqualTo(RawText.of("home"));
    assertThat(found.accessPoint().hidden()).isFalse();
    assertThat(found.accessPoint().channel()).isEqualTo(6);
    assertThat(found.accessPoint().frequencyMHz()).isEqualTo(2_437);
    assertThat(found.accessPoint().signalDbm()).contains(-50);
    assertThat(found.accessPoint().beaconIntervalTu()).isEqualTo(100);
    assertThat(found.accessPoint().security())
        .isEqualTo(new WifiSecurity(Protocol.WPA2, List.of("PSK"), List.of("CCMP"), "CCMP"));
    assertThat(heard.all(AccessPointUpdated.class)).isEmpty();
  }

  @Test
  void shouldTellWhatAnAccessPointChanges() {
    heard.wifi(air.beacon(HOME, 1));
    heard.wifi(air.beacon(new SampleAccessPoint(BSSID, "home", 11, -40, true), 2));

    AccessPointUpdated update = heard.only(AccessPointUpdated.class);
    assertThat(update.before().channel()).isEqualTo(6);
    assertThat(update.accessPoint().channel()).isEqualTo(11);
  }

  @Test
  void shouldLearnAHiddenNameFromAProbeResponse() {
    heard.wifi(air.beacon(new SampleAccessPoint(BSSID, "", 6, -50, true), 1));
    assertThat(heard.only(AccessPointNew.class).accessPoint().hidden()).isTrue();
    heard.wifi(air.probeResponse(HOME, CLIENT, 2));
    heard.wifi(air.beacon(new SampleAccessPoint(BSSID, "", 6, -50, true), 3));

    AccessPointUpdated update = heard.only(AccessPointUpdated.class);
    assertThat(update.accessPoint().ssid()).hasToString("home");
    assertThat(update.accessPoint().hidden()).isTrue();
  }

  @Test
  void shouldTellWhatIsNotHeardAnyMore() {
    heard.wifi(air.beacon(HOME, 1)).wifi(air.probeRequest(HOME, CLIENT, "home"));
    heard.later(Heard.LOST_AFTER).later(Duration.ofSeconds(1));
    heard.frame(LinkType.ETHERNET, new byte[60]);

    assertThat(heard.only(AccessPointLost.class).accessPoint().ssid()).hasToString("home");
    assertThat(heard.only(WifiClientLost.class).client().value()).isEqualTo(CLIENT);
  }

  @Test
  void shouldTellEachNameThatAClientAsksForOnce() {
    heard.wifi(air.probeRequest(HOME, CLIENT, "work")).wifi(air.probeRequest(HOME, CLIENT, "work"));
    heard.wifi(air.probeRequest(HOME, CLIENT, ""));

    assertThat(heard.all(WifiProbe.class))
        .extracting(probe -> probe.ssid().toString())
        .containsExactly("work", "");
    assertThat(heard.only(WifiClientNew.class).randomised()).isFalse();
  }

  @Test
  void shouldAlertAboutANameWithOtherSecurity() {
    heard.wifi(air.beacon(HOME, 1));
    long twin = SampleHost.mac(0x66);
    heard.wifi(air.beacon(new SampleAccessPoint(twin, "home", 1, -30, false), 1));

    NetworkAlert alert = heard.only(NetworkAlert.class);
    assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.EVIL_TWIN);
    assertThat(alert.subject()).isEqualTo("home");
    assertThat(alert.detail()).contains("WPA2").contains("OPEN");
  }

  @Test
  void shouldTakeANetworkInTransitionForTheSame() {
    heard.wifi(air.beacon(HOME, 1));
    heard.wifi(withKeys(air.beacon(other(0x21), 1), PSK, SAE));
    heard.wifi(withKeys(air.beacon(other(0x22), 1), FT_PSK));
    assertThat(heard.all(NetworkAlert.class)).isEmpty();

    heard.wifi(withKeys(air.beacon(other(0x23), 1), SAE));
    assertThat(heard.only(NetworkAlert.class).detail())
        .contains("WPA2 (PSK), but")
        .contains("WPA3 (SAE)");
  }

  @Test
  void shouldTakeATransitionToSaeAloneForTheSame() {
    heard.wifi(withKeys(air.beacon(HOME, 1), PSK, SAE));
    heard.wifi(withKeys(air.beacon(other(0x21), 1), SAE));

    assertThat(heard.all(NetworkAlert.class)).isEmpty();
  }

  @Test
  void shouldAlertAboutANameWithOtherKeys() {
    heard.wifi(air.beacon(HOME, 1));
    heard.wifi(withKeys(air.beacon(other(0x66), 1), IEEE_802_1X));

    assertThat(heard.only(NetworkAlert.class).kind()).isEqualTo(NetworkAlert.Kind.EVIL_TWIN);
  }

  private static SampleAccessPoint other(int number) {
    return new SampleAccessPoint(SampleHost.mac(number), "home", 11, -60, true);
  }

  /// The sample's RSN element with other key managements (IEEE 802.11 table 9-190).
  private static byte[] withKeys(byte[] beacon, int... types) {
    String before = "0100000fac040100000fac04";
    String keys =
        Arrays.stream(types).mapToObj("000fac%02x"::formatted).collect(Collectors.joining());
    int length = 16 + 4 * types.length;
    String element = "30%02x%s%02x00%s0000".formatted(length, before, types.length, keys);
    return Bytes.fromHex(
            Bytes.copyOf(beacon).toHex().replace("3014" + before + "0100000fac020000", element))
        .toArray();
  }

  @Test
  void shouldTellABurstOfDisconnectionsInTwoEventsAndAFloodInOneAlert() {
    for (int i = 0; i < 50; i++) {
      heard.wifi(air.deauthentication(HOME, BSSID, CLIENT, 7));
    }
    heard.later(Duration.ofSeconds(2)).wifi(air.beacon(HOME, 1));

    assertThat(heard.all(WifiDisconnection.class))
        .extracting(WifiDisconnection::frames)
        .containsExactly(1, 49);
    assertThat(heard.all(WifiDisconnection.class)).allMatch(each -> each.reason() == 7);
    NetworkAlert alert = heard.only(NetworkAlert.class);
    assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.DEAUTHENTICATION_FLOOD);
    assertThat(heard.statistics.get(Counter.WIFI_DEAUTHENTICATION)).isEqualTo(50);
  }

  @Test
  void shouldFollowTheSamplesHandshakeToItsEnd() {
    Heard sample = Heard.sample();

    assertThat(sample.all(WifiHandshake.class))
        .extracting(WifiHandshake::message)
        .containsExactly(1, 2, 3, 4);
    assertThat(sample.all(WifiHandshake.class).getLast().complete()).isTrue();
    assertThat(sample.all(WifiAssociation.class))
        .extracting(WifiAssociation::kind)
        .contains(WifiAssociation.Kind.REQUEST, WifiAssociation.Kind.RESPONSE);
    assertThat(sample.all(WifiPmkid.class)).isEmpty();
  }

  @Test
  void shouldReadAPmkidThatOthersCaptured() {
    RecordingBus bus = Captures.replay(Captures.folder().resolve("wifi/test-pmkid.pcap"));

    assertThat(bus.last(WifiPmkid.class).pmkid().length()).isEqualTo(16);
    assertThat(bus.last(WifiHandshake.class).message()).isEqualTo(1);
  }
}
