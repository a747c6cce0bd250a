using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Annotations;
using PdfSharp.Pdf.IO;
using PdfSharp.UniversalAccessibility;
using QRCoder;

namespace OneDoor.Documents;

/// <summary>
/// Draws a document's text as PDF, with its QR code: A4 in the manner of GB/T 9704, fonts embedded, the text to be searched and copied, tagged so that it is read out in its order. It is drawn when it is
/// asked for, and no two drawings have the same bytes: what is sealed is the text.
/// </summary>
public sealed partial class DocumentPdf(DocumentFonts fonts) : IDisposable
{
    private const double Left = 79, Top = 90, Width = 437, Bottom = 750, Line = 26, Body = 14, Code = 92;

    private const string Language = "zh-CN";

    // What no line begins with.
    private const string Closing = "，。；：、！？）》〉」』】〕”’.,;:!?)]}%";

    private readonly SemaphoreSlim _drawing = new(1);

    static DocumentPdf() => GlobalFontSettings.FontResolver = new Files();

    /// <summary>The file; null where no font has a character of it.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="number">What it is known by.</param>
    /// <param name="text">Authority, title, number, an empty line, the addressee (empty where there is none), paragraphs, an empty line, authority, date and code.</param>
    /// <param name="address">What the QR code holds.</param>
    /// <param name="ct">Cancels the request, which may wait for others' drawings.</param>
    public async Task<byte[]?> Draw(string title, string number, string text, string address, CancellationToken ct)
    {
        // The library keeps fonts for all at once. Whoever waits holds no thread, of which others have need.
        using var place = await _drawing.Take(Drawers.Patience, "Too many ask for papers.", ct);
        return Drawn(title, number, text, address);
    }

    public void Dispose() => _drawing.Dispose();

    private byte[]? Drawn(string title, string number, string text, string address)
    {
        // As people paste it from wherever they wrote it: no font has a glyph for these.
        var lines = text.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n');
        if (lines.Any(line => fonts.Pieces(line) is null))
            return null;
        using var pdf = new PdfDocument();
        pdf.Options.CompressContentStreams = false;
        (pdf.Info.Title, pdf.Info.Author, pdf.Language) = ($"{title} {number}", lines[0], Language);
        UAManager.ForDocument(pdf).SetDocumentLanguage(Language);
        using (var sheets = new Sheets(pdf, fonts))
        {
            sheets.Centred(lines[0], 22, XBrushes.Firebrick, PdfBlockLevelElementTag.Paragraph);
            sheets.Rule();
            sheets.Centred(lines[1], 20, XBrushes.Black, PdfBlockLevelElementTag.Heading1);
            sheets.Centred(lines[2], 12, XBrushes.Black, PdfBlockLevelElementTag.Paragraph);
            sheets.Space();
            sheets.Wrapped(lines[4], indent: 0);
            foreach (var paragraph in lines[5..^4])
                sheets.Wrapped(paragraph, indent: 2 * Body);
            sheets.Signed(lines[^3], lines[^2], lines[^1], address);
        }
        using var drawn = new MemoryStream();
        pdf.Save(drawn);
        return text.EnumerateRunes().Any(rune => !rune.IsBmp) ? WithRareCharacters(drawn) : drawn.ToArray();
    }

    // PDFsharp writes characters beyond U+FFFF into the maps that readers take text from as five digits, of which those take four: they have to be UTF-16.
    private static byte[] WithRareCharacters(MemoryStream drawn)
    {
        drawn.Position = 0;
        using var pdf = PdfReader.Open(drawn, PdfDocumentOpenMode.Modify);
        foreach (var held in pdf.Internals.GetAllObjects().OfType<PdfDictionary>().Where(held => held.Stream is not null))
        {
            var map = Encoding.Latin1.GetString(held.Stream.UnfilteredValue);
            if (!map.Contains("begincmap", StringComparison.Ordinal))
                continue;
            held.Stream.Value = Encoding.Latin1.GetBytes(BeyondUtf16().Replace(map, rare => string.Concat(
                char.ConvertFromUtf32(int.Parse(rare.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Select(unit => ((int)unit).ToString("X4", CultureInfo.InvariantCulture)))));
            held.Elements.Remove("/Filter");
        }
        using var mended = new MemoryStream();
        pdf.Save(mended);
        return mended.ToArray();
    }

    [GeneratedRegex("(?<=<[0-9A-F]{4}><[0-9A-F]{4}><)([0-9A-F]{5,6})(?=>)")]
    private static partial Regex BeyondUtf16();

    /// <summary>PDFsharp's fonts: a family is a file.</summary>
    private sealed class Files : IFontResolver
    {
        public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(familyName);

        public byte[] GetFont(string faceName) => File.ReadAllBytes(faceName);
    }

    /// <summary>The pages as they fill.</summary>
    private sealed class Sheets : IDisposable
    {
        private readonly PdfDocument _pdf;
        private readonly DocumentFonts _fonts;
        private readonly StructureBuilder _tags;
        private XGraphics _page;
        private double _y = Top;

        public Sheets(PdfDocument pdf, DocumentFonts fonts)
        {
            (_pdf, _fonts, _tags) = (pdf, fonts, UAManager.ForDocument(pdf).StructureBuilder);
            _page = XGraphics.FromPdfPage(pdf.AddPage());
        }

        public void Centred(string text, double size, XBrush ink, PdfBlockLevelElementTag tag)
        {
            _tags.BeginElement(tag);
            Write(text, Left + (Width - WidthOf(text, size)) / 2, size, ink);
            _tags.End();
            _y += size + 12;
        }

        public void Rule()
        {
            _tags.BeginArtifact();
            _page.DrawLine(new XPen(XColors.Firebrick, 1.5), Left, _y, Left + Width, _y);
            _tags.End();
            _y += 24;
        }

        public void Space() => _y += Line / 2;

        public void Wrapped(string text, double indent)
        {
            if (text.Length == 0)
                return;
            Reach(Line);
            _tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            foreach (var (line, first) in Lines(text, indent).Select((line, i) => (line, i == 0)))
            {
                if (!first && !Fits(Line))
                {
                    // What goes on overleaf is an element of its own there.
                    _tags.End();
                    Reach(Line);
                    _tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
                }
                Write(line, Left + (first ? indent : 0), Body, XBrushes.Black);
                _y += Line;
            }
            _tags.End();
        }

        public void Signed(string authority, string date, string code, string address)
        {
            Reach(Code + Line);
            _y += Line;
            var (top, place) = (_y, new XRect(Left, _y, Code, Code));
            _tags.BeginElement(PdfIllustrationElementTag.Figure, $"核验二维码：{address}", place);
            Dots(address, Left, top);
            _tags.End();
            _tags.BeginElement(PdfLinkAnnotation.CreateWebLink(new PdfRectangle(_page.Transformer.WorldToDefaultPage(place)), address), $"核验：{address}");
            _tags.End();
            foreach (var line in new[] { authority, date })
            {
                Paragraph(line, Left + Width - WidthOf(line, Body), Body);
                _y += Line;
            }
            _y = top + Code + 4;
            Paragraph($"扫码核验 {code}", Left, 9);
        }

        public void Dispose() => _page.Dispose();

        private bool Fits(double height) => _y + height <= Bottom;

        private void Reach(double height)
        {
            if (Fits(height))
                return;
            _page.Dispose();
            _page = XGraphics.FromPdfPage(_pdf.AddPage());
            _y = Top;
        }

        private void Paragraph(string text, double x, double size)
        {
            _tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            Write(text, x, size, XBrushes.Black);
            _tags.End();
        }

        private void Write(string text, double x, double size, XBrush ink)
        {
            foreach (var (file, piece) in _fonts.Pieces(text)!)
            {
                _page.DrawString(piece, FontOf(file, size), ink, x, _y + size);
                x += _page.MeasureString(piece, FontOf(file, size)).Width;
            }
        }

        private double WidthOf(string text, double size) => _fonts.Pieces(text)!.Sum(piece => _page.MeasureString(piece.Text, FontOf(piece.Font, size)).Width);

        private static XFont FontOf(string file, double size) => new(file, size, XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));

        private IEnumerable<string> Lines(string text, double indent)
        {
            var line = new StringBuilder();
            var left = Width - indent;
            foreach (var word in Words().Matches(text).Select(match => match.Value))
            {
                var width = WidthOf(word, Body);
                if (width > left && line.Length > 0 && !Closing.Contains(word[0], StringComparison.Ordinal))
                {
                    yield return line.ToString();
                    line.Clear();
                    left = Width;
                }
                line.Append(word);
                left -= width;
            }
            if (line.Length > 0)
                yield return line.ToString();
        }

        // The library takes no pictures of one bit per dot; dots side by side are one rectangle.
        private void Dots(string address, double x, double y)
        {
            using var code = new QRCodeGenerator().CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
            var dot = Code / code.ModuleMatrix.Count;
            foreach (var (row, i) in code.ModuleMatrix.Select((row, i) => (row, i)))
            {
                for (var from = 0; from < row.Count; from++)
                {
                    var to = from;
                    while (to < row.Count && row[to])
                        to++;
                    if (to > from)
                        _page.DrawRectangle(XBrushes.Black, x + from * dot, y + i * dot, (to - from) * dot, dot);
                    from = to;
                }
            }
        }
    }

    // A number or a Latin word stays whole where a line has room for it.
    [GeneratedRegex(@"[A-Za-z0-9\-]{1,40}|\p{Cs}{2}|.", RegexOptions.Singleline)]
    private static partial Regex Words();
}
