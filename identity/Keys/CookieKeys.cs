using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Keys;

/// <summary>A key of ASP.NET Core's data protection, which protects cookies, forms and second factors.</summary>
public sealed class CookieKey
{
    public required string Name { get; init; }

    /// <summary>The key's XML; what is secret in it is protected by <see cref="KeyVault"/>.</summary>
    public required string Xml { get; init; }

    internal static void Map(EntityTypeBuilder<CookieKey> table)
    {
        table.ToTable("cookie_keys");
        table.HasKey(k => k.Name);
        table.Property(k => k.Name).HasColumnName("name");
        table.Property(k => k.Xml).HasColumnName("xml");
    }
}

/// <summary>Keeps data protection's keys in the database, so that every process reads what another has protected.</summary>
internal sealed class CookieKeyStore(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<CookieKey>().AsNoTracking().Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        db.Add(new CookieKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

/// <summary>Puts the secret part of a data protection key under <c>Keys:Secret</c>.</summary>
internal sealed class CookieKeySeal(KeyVault vault) : IXmlEncryptor
{
    private const string Purpose = "data-protection", Sealed = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement(Sealed, Convert.ToBase64String(vault.Protect(Purpose, System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString())))),
        typeof(Opener));

    /// <summary>A stored key's XML as it is to be stored now; null where it stays as it is.</summary>
    public string? Anew(string xml)
    {
        var key = XElement.Parse(xml);
        if (key.Descendants(Sealed).SingleOrDefault() is not { } closed || vault.Anew(Purpose, Convert.FromBase64String(closed.Value)) is not { } anew)
            return null;
        closed.Value = Convert.ToBase64String(anew);
        return key.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Created by data protection from the name stored beside the key.</summary>
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(System.Text.Encoding.UTF8.GetString(
            services.GetRequiredService<KeyVault>().Unprotect(Purpose, Convert.FromBase64String(encryptedElement.Value))));
    }
}
