using System.Collections.Generic;

namespace AdapterCompiler.Tests;

/// <summary>
/// Firmware as people write it: drivers for sensors, displays and motors, timers, threads, events, protocols, text. Nothing in it differs on
/// the device; the check has to keep silent.
/// </summary>
internal static class OrdinaryPrograms
{
    /// <summary>What the programs use of the class library's other assemblies, as declarations.</summary>
    public const string Stubs = """
        public interface IBus { void WriteByte(byte value); void Write(byte[] data); void Read(byte[] data); }
        public class Pin { bool level; public event System.EventHandler Changed; public void Write(bool high) { level = high; if (Changed != null) Changed(this, System.EventArgs.Empty); } public bool Read() { return level; } }

        """;

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["Bme280"] = """
            public class Bme280
            {
                readonly IBus bus; int t1, t2, t3, fine; readonly byte[] data = new byte[8];
                public Bme280(IBus bus) { this.bus = bus; }
                public void Start() { byte[] c = new byte[6]; bus.WriteByte(0x88); bus.Read(c); t1 = c[0] | (c[1] << 8); t2 = (short)(c[2] | (c[3] << 8)); t3 = (short)(c[4] | (c[5] << 8)); }
                public int Centigrade()
                {
                    bus.WriteByte(0xF7); bus.Read(data);
                    int raw = (data[3] << 12) | (data[4] << 4) | (data[5] >> 4);
                    int v1 = (((raw >> 3) - (t1 << 1)) * t2) >> 11;
                    int v2 = (((((raw >> 4) - t1) * ((raw >> 4) - t1)) >> 12) * t3) >> 14;
                    fine = v1 + v2;
                    return ((fine * 5) + 128) >> 8;
                }
            }
            """,
        ["Sht31"] = """
            public class Sht31
            {
                public static byte Crc(byte[] data, int count) { byte crc = 0xFF; for (int i = 0; i < count; i++) { crc ^= data[i]; for (int b = 0; b < 8; b++) crc = (byte)((crc & 0x80) != 0 ? (crc << 1) ^ 0x31 : crc << 1); } return crc; }
                public static bool TryRead(IBus bus, out double celsius) { byte[] d = new byte[6]; bus.Read(d); celsius = -45 + (175 * ((d[0] << 8) | d[1]) / 65535.0); return Crc(d, 2) == d[2]; }
            }
            """,
        ["Ads1115"] = """
            public class Ads1115
            {
                static readonly int[] Gains = { 6144, 4096, 2048, 1024 };
                public static int Millivolts(byte[] d, int gain) { short raw = (short)((d[0] << 8) | d[1]); return raw * Gains[gain] / 32768; }
                public static ushort Config(int channel, int gain) { return (ushort)(0x8000 | ((4 + channel) << 12) | (gain << 9) | 0x0183); }
                public static void Write(IBus bus, ushort value) { bus.Write(new byte[] { 1, (byte)(value >> 8), (byte)value }); }
            }
            """,
        ["Hd44780"] = """
            public class Hd44780
            {
                readonly Pin enable = new Pin(); int row, column;
                public int Columns { get; set; }
                public Hd44780() { Columns = 16; }
                void Pulse() { enable.Write(true); enable.Write(false); }
                public void Write(string text) { foreach (char c in text) { if (c == '\n') { row++; column = 0; continue; } Send((byte)c); if (++column == Columns) { column = 0; row = (row + 1) % 2; } } }
                void Send(byte value) { for (int bit = 7; bit >= 0; bit--) { enable.Write((value >> bit & 1) != 0); Pulse(); } }
            }
            """,
        ["Framebuffer"] = """
            public class Framebuffer
            {
                readonly byte[] pixels; readonly int width, height;
                public Framebuffer(int width, int height) { this.width = width; this.height = height; pixels = new byte[width * height / 8]; }
                public void Set(int x, int y, bool on) { if (x < 0 || y < 0 || x >= width || y >= height) return; int at = x + ((y / 8) * width); if (on) pixels[at] |= (byte)(1 << (y % 8)); else pixels[at] &= (byte)~(1 << (y % 8)); }
                public void Line(int x0, int y0, int x1, int y1) { int dx = x1 > x0 ? x1 - x0 : x0 - x1, dy = y1 > y0 ? y0 - y1 : y1 - y0, sx = x0 < x1 ? 1 : -1, sy = y0 < y1 ? 1 : -1, e = dx + dy; while (true) { Set(x0, y0, true); if (x0 == x1 && y0 == y1) break; int e2 = 2 * e; if (e2 >= dy) { e += dy; x0 += sx; } if (e2 <= dx) { e += dx; y0 += sy; } } }
            }
            """,
        ["Crc"] = """
            public static class Crc
            {
                public static uint Of(byte[] data) { uint crc = 0xFFFFFFFFu; foreach (byte b in data) { crc ^= b; for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1; } return ~crc; }
                public static ushort Modbus(byte[] data, int length) { ushort crc = 0xFFFF; for (int i = 0; i < length; i++) { crc ^= data[i]; for (int b = 0; b < 8; b++) crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1); } return crc; }
            }
            """,
        ["Clock"] = """
            public static class Clock
            {
                static uint ticks;
                public static void Tick() { ticks += 1000u; }
                public static string Text() { uint s = ticks / 1000u; return Two((int)(s / 3600u % 24u)) + ":" + Two((int)(s / 60u % 60u)) + ":" + Two((int)(s % 60u)); }
                static string Two(int value) { return value < 10 ? "0" + value : value.ToString(); }
                public static bool IsDue(uint since, uint period) { return ticks - since >= period; }
            }
            """,
        ["Average"] = """
            public class Average
            {
                readonly int[] ring = new int[16]; int next, count; long sum;
                public void Add(int value) { if (count == ring.Length) sum -= ring[next]; else count++; ring[next] = value; sum += value; next = (next + 1) % ring.Length; }
                public double Mean { get { return count == 0 ? 0 : (double)sum / count; } }
                public float Deviation() { double m = Mean, s = 0; for (int i = 0; i < count; i++) s += (ring[i] - m) * (ring[i] - m); return count < 2 ? 0 : (float)(s / (count - 1)); }
            }
            """,
        ["Worker"] = """
            public class Worker
            {
                readonly object gate = new object(); bool stop; int done; System.Threading.Thread thread;
                public void Start() { thread = new System.Threading.Thread(Run); thread.Start(); }
                void Run() { while (true) { lock (gate) { if (stop) return; done++; } System.Threading.Thread.Sleep(100); } }
                public int Stop() { lock (gate) stop = true; thread.Join(); return done; }
            }
            """,
        ["Button"] = """
            public class Button
            {
                public delegate void Pressed(Button sender, int times); public event Pressed Clicked; readonly Pin pin; int times;
                public Button(Pin pin) { this.pin = pin; pin.Changed += OnChanged; }
                void OnChanged(object sender, System.EventArgs e) { if (pin.Read()) return; times++; Pressed handler = Clicked; if (handler != null) handler(this, times); }
            }
            """,
        ["Blink"] = """
            public static class Blink
            {
                static readonly Pin Led = new Pin(); static bool on; static System.Threading.Timer timer;
                public static void Main() { timer = new System.Threading.Timer(state => { on = !on; Led.Write(on); }, null, 0, 500); System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite); }
            }
            """,
        ["Nmea"] = """
            public class Nmea
            {
                public int Latitude; public string Status = "";
                public bool Parse(string line) { try { string[] parts = line.Split(','); if (parts.Length < 7 || parts[0] != "$GPRMC") return false; Status = parts[2]; Latitude = int.Parse(parts[3].Substring(0, 2)) * 60; return Checksum(line) != 0; } catch (System.Exception) { Status = "error"; return false; } finally { if (Status == null) Status = ""; } }
                static int Checksum(string line) { int sum = 0; for (int i = 1; i < line.Length && line[i] != '*'; i++) sum ^= line[i]; return sum; }
            }
            """,
        ["States"] = """
            public class States
            {
                public enum State { Idle, Heating, Cooling, Fault } State state;
                public State Current { get { return state; } }
                public void Update(int celsius) { switch (state) { case State.Idle: state = celsius < 18 ? State.Heating : celsius > 26 ? State.Cooling : State.Idle; break; case State.Heating: if (celsius > 21) state = State.Idle; break; case State.Cooling: if (celsius < 23) state = State.Idle; break; } }
                public string Name() { switch (state) { case State.Idle: return "idle"; case State.Heating: return "heating"; case State.Cooling: return "cooling"; default: return "fault " + (int)state; } }
            }
            """,
        ["Pwm"] = """
            public class Pwm
            {
                uint frequency = 1000; double duty;
                public uint Frequency { get { return frequency; } set { if (value == 0) throw new System.ArgumentException(); frequency = value; } }
                public double Duty { get { return duty; } set { duty = value < 0 ? 0 : value > 1 ? 1 : value; } }
                public uint HighMicroseconds() { return (uint)(1000000.0 / frequency * duty); }
                public static int Servo(int degrees) { return 500 + (degrees * 2000 / 180); }
            }
            """,
        ["Stepper"] = """
            public class Stepper
            {
                static readonly byte[] Phases = { 1, 3, 2, 6, 4, 12, 8, 9 }; int position; readonly Pin[] pins = { new Pin(), new Pin(), new Pin(), new Pin() };
                public void Move(int steps) { int direction = steps < 0 ? -1 : 1; for (; steps != 0; steps -= direction) { position += direction; byte phase = Phases[position & 7]; for (int i = 0; i < 4; i++) pins[i].Write((phase & (1 << i)) != 0); } }
            }
            """,
        ["Pid"] = """
            public class Pid
            {
                public float P = 2, I = 0.5f, D = 1; float sum, last;
                public float Update(float target, float value, float seconds) { float error = target - value; sum += error * seconds; float slope = seconds > 0 ? (error - last) / seconds : 0; last = error; float result = (P * error) + (I * sum) + (D * slope); return result > 100 ? 100 : result < -100 ? -100 : result; }
            }
            """,
        ["Drivers"] = """
            public abstract class Sensor { public abstract int Read(); public virtual string Unit { get { return ""; } } public override string ToString() { return Read().ToString() + " " + Unit; } }
            public class Lux : Sensor { public override int Read() { return 300; } public override string Unit { get { return "lx"; } } }
            public sealed class Bright : Lux, System.IDisposable { bool disposed; public override int Read() { return base.Read() * 2; } public void Dispose() { disposed = true; } public bool IsDisposed { get { return disposed; } } }
            """,
        ["Settings"] = """
            public static class Board { public const int Led = 2; public static readonly string Name = "esp32"; public static readonly int[] Pins = { 2, 4, 5 }; }
            public static class Defaults { public static readonly int First = Board.Pins[0]; public static int Second; static Defaults() { Second = First + Board.Led; } }
            public class Registry { readonly System.Collections.ArrayList names = new System.Collections.ArrayList(), items = new System.Collections.ArrayList(); public void Add(string name, object item) { names.Add(name); items.Add(item); } public object Get(string name) { int at = names.IndexOf(name); return at < 0 ? null : items[at]; } }
            """,
        ["Report"] = """
            public class Report
            {
                int lines;
                public string Line(string name, int value, double volts, bool isOn) { lines++; return $"{lines:D4} {name}: {value} ({value:X2}), {volts:F2} V, {(isOn ? "on" : "off")}"; }
                public string Stamp(System.DateTime time) { return time.ToString("HH:mm:ss") + " " + time.Year + " " + (time.Ticks / 10000).ToString(); }
                public static string Bytes(uint count) { return count < 1024u ? count.ToString() + " B" : (count >> 10).ToString() + " KB"; }
            }
            """,
        ["Neopixel"] = """
            public class Neopixel
            {
                readonly uint[] pixels = new uint[8]; readonly byte[] spi = new byte[96];
                public void Set(int index, byte r, byte g, byte b) { pixels[index] = ((uint)g << 16) | ((uint)r << 8) | b; }
                public byte[] Encode() { int at = 0; foreach (uint pixel in pixels) for (int bit = 22; bit >= 0; bit -= 2) spi[at++] = (byte)((((pixel >> (bit + 1)) & 1) != 0 ? 0xE0 : 0x80) | (((pixel >> bit) & 1) != 0 ? 0x0E : 0x08)); return spi; }
                public static byte Scale(byte value, byte by) { return (byte)((value * by) >> 8); }
            }
            """,
        ["Ping"] = """
            public class Ping
            {
                ulong start; public long Elapsed(ulong now) { return Round((long)((now - start) / 1000UL)); }
                static long Round(long value) { return value / 10 * 10; }
                public static int Centimetres(uint microseconds) { return Limit((int)(microseconds / 58u)); }
                static int Limit(int value) { if (value > 400) return 400; return value; }
            }
            """,
        ["Ds3231"] = """
            public sealed class Ds3231 : System.IDisposable
            {
                IBus bus; readonly byte[] registers = new byte[7];
                public Ds3231(IBus bus) { if (bus == null) throw new System.ArgumentNullException("bus"); this.bus = bus; }
                static int FromBcd(byte value) { return ((value >> 4) * 10) + (value & 0xF); }
                static byte ToBcd(int value) { return (byte)((value / 10 << 4) | (value % 10)); }
                public System.DateTime Now
                {
                    get { bus.WriteByte(0); bus.Read(registers); return new System.DateTime(2000 + FromBcd(registers[6]), FromBcd((byte)(registers[5] & 0x1F)), FromBcd(registers[4]), FromBcd(registers[2]), FromBcd(registers[1]), FromBcd(registers[0])); }
                    set { bus.Write(new byte[] { 0, ToBcd(value.Second), ToBcd(value.Minute), ToBcd(value.Hour), (byte)((int)value.DayOfWeek + 1), ToBcd(value.Day), ToBcd(value.Month), ToBcd(value.Year % 100) }); }
                }
                public void Dispose() { bus = null; }
            }
            """,
        ["Dht22"] = """
            public class Dht22
            {
                public int Tenths; public uint Humidity;
                public bool Decode(int[] widths)
                {
                    ulong bits = 0;
                    for (int i = 0; i < 40; i++) bits = (bits << 1) | (widths[i] > 50 ? 1UL : 0UL);
                    byte sum = (byte)((bits >> 32) + (bits >> 24) + (bits >> 16) + (bits >> 8));
                    if (sum != (byte)bits) return false;
                    Humidity = (uint)(bits >> 24) & 0xFFFF;
                    int raw = (int)(bits >> 8) & 0xFFFF;
                    Tenths = (raw & 0x8000) != 0 ? -(raw & 0x7FFF) : raw;
                    return true;
                }
                public override string ToString() { return "t=" + Tenths / 10 + "." + (Tenths < 0 ? -Tenths : Tenths) % 10 + " h=" + Humidity / 10u; }
            }
            """,
        ["Random32"] = """
            public class Random32
            {
                uint state; public Random32(uint seed) { state = seed == 0 ? 1u : seed; }
                public uint Next() { state ^= state << 13; state ^= state >> 17; state ^= state << 5; return state; }
                public int Next(int limit) { return (int)(Next() % (uint)limit); }
                public static uint Hash(string text) { uint hash = 2166136261u; foreach (char c in text) { hash ^= c; hash *= 16777619u; } return hash; }
            }
            """,
        ["Mqtt"] = """
            public static class Mqtt
            {
                public static int WriteLength(byte[] buffer, int at, int length) { do { byte next = (byte)(length % 128); length /= 128; if (length > 0) next |= 0x80; buffer[at++] = next; } while (length > 0); return at; }
                public static int ReadLength(byte[] buffer, ref int at) { int value = 0, shift = 0; byte next; do { next = buffer[at++]; value |= (next & 0x7F) << shift; shift += 7; } while ((next & 0x80) != 0 && shift < 28); return value; }
                public static byte[] Publish(string topic, byte[] payload, bool retain)
                {
                    byte[] packet = new byte[2 + topic.Length + payload.Length + 5]; packet[0] = (byte)(0x30 | (retain ? 1 : 0));
                    int at = WriteLength(packet, 1, 2 + topic.Length + payload.Length);
                    packet[at++] = (byte)(topic.Length >> 8); packet[at++] = (byte)topic.Length;
                    for (int i = 0; i < topic.Length; i++) packet[at++] = (byte)topic[i];
                    System.Array.Copy(payload, 0, packet, at, payload.Length);
                    return packet;
                }
            }
            """,
        ["Queue"] = """
            public class Queue
            {
                readonly System.Collections.ArrayList items = new System.Collections.ArrayList(); readonly System.Threading.AutoResetEvent arrived = new System.Threading.AutoResetEvent(false);
                public void Add(object item) { lock (items) items.Add(item); arrived.Set(); }
                public object Take(int milliseconds) { while (true) { lock (items) { if (items.Count > 0) { object first = items[0]; items.RemoveAt(0); return first; } } if (!arrived.WaitOne(milliseconds, false)) return null; } }
                public int Total() { int sum = 0; lock (items) { foreach (object item in items) if (item is int) sum += (int)item; } return sum; }
            }
            """,
        ["Json"] = """
            public class Json
            {
                string text = "{"; bool more;
                Json Raw(string name, string value) { text += (more ? "," : "") + "\"" + name + "\":" + value; more = true; return this; }
                public Json Add(string name, int value) { return Raw(name, value.ToString()); }
                public Json Add(string name, double value) { return Raw(name, value.ToString("F3")); }
                public Json Add(string name, bool value) { return Raw(name, value ? "true" : "false"); }
                public Json Add(string name, string value) { string safe = ""; foreach (char c in value) safe += c == '"' || c == '\\' ? "\\" + c : c < ' ' ? "\\u" + ((int)c).ToString("X4") : c.ToString(); return Raw(name, "\"" + safe + "\""); }
                public string End() { return text + "}"; }
            }
            """,
        ["Watchdog"] = """
            public static class Watchdog
            {
                static long lastTicks; static int missed; static readonly object gate = new object(); static System.Threading.Timer timer;
                public static void Start(int seconds) { lastTicks = System.DateTime.UtcNow.Ticks; timer = new System.Threading.Timer(Check, seconds, seconds * 1000, seconds * 1000); }
                public static void Feed() { lock (gate) { lastTicks = System.DateTime.UtcNow.Ticks; missed = 0; } }
                static void Check(object state) { long limit = (int)state * System.TimeSpan.TicksPerSecond; try { lock (gate) { if (System.DateTime.UtcNow.Ticks - lastTicks > limit) missed++; } if (missed > 3) throw new System.InvalidOperationException("stuck for " + missed); } catch (System.InvalidOperationException e) { System.Diagnostics.Debug.WriteLine(e.Message); } finally { lastTicks += 0; } }
            }
            """,
        ["Menu"] = """
            public class MenuItem { public string Title; public System.EventHandler Chosen; public MenuItem(string title, System.EventHandler chosen) { Title = title; Chosen = chosen; } }
            public class Menu
            {
                readonly MenuItem[] items; int selected; public Menu(params MenuItem[] items) { this.items = items; }
                public void Turn(int clicks) { selected = ((selected + clicks) % items.Length + items.Length) % items.Length; }
                public void Press() { items[selected].Chosen?.Invoke(this, System.EventArgs.Empty); }
                public string[] Lines(int rows) { string[] lines = new string[rows]; for (int row = 0; row < rows; row++) { int at = selected - (selected % rows) + row; lines[row] = at < items.Length ? (at == selected ? "> " : "  ") + Pad(items[at].Title, 14) : ""; } return lines; }
                static string Pad(string text, int width) { while (text.Length < width) text += ' '; return text.Substring(0, width); }
            }
            """,
    };
}
