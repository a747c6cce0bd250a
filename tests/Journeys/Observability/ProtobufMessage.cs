using System.Buffers.Binary;
using System.Text;

namespace OneDoor.Observability;

/// <summary>A protobuf message, read by field numbers: as much as OTLP needs.</summary>
public sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message.Span, ref at);
            var (field, number, length) = ((int)(key >> 3), 0ul, 0);
            switch (key & 7)
            {
                case 0:
                    number = Varint(message.Span, ref at);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]);
                    at += 8;
                    break;
                case 2:
                    length = (int)Varint(message.Span, ref at);
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} of field {field}.");
            }
            _fields.Add((field, number, message.Slice(at, length)));
            at += length;
        }
    }

    /// <summary>The messages in a repeated field.</summary>
    public IEnumerable<ProtobufMessage> All(int field) => _fields.Where(f => f.Field == field).Select(f => new ProtobufMessage(f.Bytes));

    /// <summary>The message in a field; an empty one when it is absent.</summary>
    public ProtobufMessage One(int field) => All(field).LastOrDefault() ?? new ProtobufMessage(default);

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public long Integer(int field) => (long)_fields.LastOrDefault(f => f.Field == field).Number;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Integer(field));

    private ReadOnlyMemory<byte> Bytes(int field) => _fields.LastOrDefault(f => f.Field == field).Bytes;

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
