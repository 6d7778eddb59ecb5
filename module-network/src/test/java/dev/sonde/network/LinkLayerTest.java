package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinkLayerTest {

  private static final Found NONE = new Found(EtherType.NONE, 0);
  private static final byte[] SNAP = {(byte) 0xAA, (byte) 0xAA, 3, 0, 0, 0, 8, 6};

  @Test
  void shouldFindArpBehindEthernet() {
    assertThat(find(LinkType.ETHERNET, ethernet(0x0806))).isEqualTo(new Found(0x0806, 14));
  }

  @Test
  void shouldLookThroughVlanTags() {
    byte[] frame = ethernet(0x88A8).u16(7).u16(0x8100).u16(9).u16(0x0800).zeros(4).done();

    assertThat(find(LinkType.ETHERNET, frame)).isEqualTo(new Found(0x0800, 22));
  }

  @Test
  void shouldReadLengthsWithSnap() {
    byte[] frame = ethernet(50).bytes(SNAP).done();

    assertThat(find(LinkType.ETHERNET, frame)).isEqualTo(new Found(0x0806, 22));
  }

  @Test
  void shouldFindNothingBehindOtherLlc() {
    byte[] spanningTree = ethernet(38).u16(0x4242).u8(3).zeros(40).done();

    assertThat(find(LinkType.ETHERNET, spanningTree)).isEqualTo(NONE);
  }

  @Test
  void shouldFindIpWithoutEthernet() {
    byte[] ipv4 = new PacketWriter().u8(0x45).zeros(30).done();
    byte[] loopback = new PacketWriter().u32(2).u8(0x60).zeros(50).done();
    byte[] cooked = new PacketWriter().zeros(14).u16(0x86DD).zeros(40).done();
    byte[] cooked2 = new PacketWriter().u16(0x0800).zeros(40).done();
    byte[] ppp = new PacketWriter().u16(0xFF03).u16(0x21).zeros(20).done();

    assertThat(find(LinkType.RAW, ipv4)).isEqualTo(new Found(0x0800, 0));
    assertThat(find(LinkType.NULL, loopback)).isEqualTo(new Found(0x86DD, 4));
    assertThat(find(LinkType.LINUX_SLL, cooked)).isEqualTo(new Found(0x86DD, 16));
    assertThat(find(LinkType.LINUX_SLL2, cooked2)).isEqualTo(new Found(0x0800, 20));
    assertThat(find(LinkType.PPP, ppp)).isEqualTo(new Found(0x0800, 4));
  }

  @Test
  void shouldFindArpIn80211DataFrames() {
    assertThat(dot11(0x0008, 22)).isEqualTo(new Found(0x0806, 24 + 8));
    assertThat(dot11(0x0088, 24)).isEqualTo(new Found(0x0806, 26 + 8));
    assertThat(dot11(0x0308, 28)).isEqualTo(new Found(0x0806, 30 + 8));
    assertThat(dot11(0x8088, 28)).isEqualTo(new Found(0x0806, 30 + 8));
  }

  @Test
  void shouldFindNothingIn80211FramesWithoutClearData() {
    assertThat(dot11(0x4008, 22)).as("protected").isEqualTo(NONE);
    assertThat(dot11(0x0048, 22)).as("null data").isEqualTo(NONE);
    assertThat(dot11(0x0080, 22)).as("beacon").isEqualTo(NONE);
    assertThat(dot11(0x0009, 22)).as("unknown version").isEqualTo(NONE);
  }

  @Test
  void shouldFindNothingInLaterFragmentsAndAggregates() {
    byte[] fragment =
        new PacketWriter()
            .u16LittleEndian(0x0008)
            .zeros(20)
            .u16LittleEndian(0x11)
            .bytes(SNAP)
            .done();
    byte[] aggregate =
        new PacketWriter()
            .u16LittleEndian(0x0088)
            .zeros(22)
            .u16LittleEndian(0x80)
            .bytes(SNAP)
            .done();

    assertThat(find(LinkType.IEEE802_11, fragment)).isEqualTo(NONE);
    assertThat(find(LinkType.IEEE802_11, aggregate)).isEqualTo(NONE);
  }

  @Test
  void shouldReadRadiotapWithDriverPadding() {
    byte[] frame =
        new PacketWriter()
            .u16(0)
            .u16LittleEndian(28)
            .u32LittleEndian(0x8000_0003)
            .u32LittleEndian(0)
            .zeros(4)
            .zeros(8)
            .u8(0x20)
            .zeros(3)
            .u16LittleEndian(0x0088)
            .zeros(24)
            .zeros(2)
            .bytes(SNAP)
            .done();

    assertThat(find(LinkType.IEEE802_11_RADIOTAP, frame)).isEqualTo(new Found(0x0806, 28 + 28 + 8));
  }

  @Test
  void shouldReadPrismAndAvsHeaders() {
    byte[] data = new PacketWriter().u16LittleEndian(0x0008).zeros(22).bytes(SNAP).done();
    byte[] prism =
        new PacketWriter().u32LittleEndian(0x44).u32LittleEndian(144).zeros(136).bytes(data).done();
    byte[] avs = new PacketWriter().u32(0x8021_1001L).u32(64).zeros(56).bytes(data).done();

    assertThat(find(LinkType.IEEE802_11_PRISM, prism)).isEqualTo(new Found(0x0806, 144 + 32));
    assertThat(find(LinkType.IEEE802_11_PRISM, avs)).isEqualTo(new Found(0x0806, 64 + 32));
  }

  @Test
  void shouldRefusePrismHeadersOfAbsurdLength() {
    byte[] negative = new PacketWriter().u32LittleEndian(0x44).u32LittleEndian(-4).zeros(99).done();

    assertThatThrownBy(() -> find(LinkType.IEEE802_11_PRISM, negative))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldFindNothingBehindUnknownLinks() {
    assertThat(find(195, new byte[0])).isEqualTo(NONE);
  }

  private static Found dot11(int control, int zeros) {
    return find(
        LinkType.IEEE802_11, new PacketWriter().u16LittleEndian(control).zeros(zeros).bytes(SNAP));
  }

  private static Found find(int linkType, PacketWriter frame) {
    return find(linkType, frame.done());
  }

  private static Found find(int linkType, byte[] data) {
    Frame frame = new Frame();
    frame.over(data, 0, data.length);
    Layers layers = new Layers();
    layers.clear();
    LinkLayer.read(frame.described(0, linkType, data.length), layers);
    return layers.etherType == EtherType.NONE
        ? NONE
        : new Found(layers.etherType, layers.networkAt);
  }

  private static PacketWriter ethernet(int type) {
    return new PacketWriter().zeros(12).u16(type);
  }

  /// Where the network layer begins, and what it is.
  private record Found(int etherType, int offset) {}
}
