using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>Our signatures are those of AWS's own signer.</summary>
public sealed class AwsSignatureTests
{
    private const string Visible = "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>The derivation that AWS's page on signing shows.</summary>
    [Fact]
    public void Signing_key_is_that_of_the_vendors_example() => Assert.Equal(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        Convert.ToHexStringLower(new AwsSignature("us-east-1", "iam").SigningKey(
            new AwsCredentials("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), null), "20150830")));

    [Fact]
    public void Authorization_is_that_of_the_vendors_signer() => Property.Holds(Requests, request =>
    {
        var key = new AwsCredentials(request.Id, new Secret(request.Secret), request.Token is null ? null : new Secret(request.Token));
        var (expected, address, headers) = ByTheVendor(request);

        var ours = new AwsSignature(request.Region, request.Service)
            .Authorization(key, address, headers, request.Body, AwsSignature.Timestamp(request.Time));

        Assert.Equal(expected, ours);
    });

    [Fact]
    public void Timestamp_is_that_of_the_vendors_signer() => Property.Holds(Requests, request =>
        Assert.Equal(ByTheVendor(request).Headers.Single(header => header.Key == "x-amz-date").Value,
            AwsSignature.Timestamp(request.Time)));

    private static Gen<SignedRequest> Requests { get; } =
        from id in Text(Visible.Replace(",", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal), 16, 32)
        from secret in Text(Visible, 1, 60)
        from token in Gen.OneOf(Gen.Constant<string?>(null), Text(Visible, 1, 400).Select(text => (string?)text))
        from region in Gen.Elements("eu-central-1", "us-gov-west-1", "cn-northwest-1")
        from service in Gen.Elements("secretsmanager", "sts", "iam")
        from host in Gen.Elements("https://secretsmanager.eu-central-1.amazonaws.com", "http://127.0.0.1:4566", "http://[::1]:8080",
            "https://vault.example.test:8443")
        from path in Gen.Elements("", "/", "/sts", "/a/b/", "/with blank/and+plus", "/ä/~x_y-z.", "/a=b;c:d@e", "/100%")
        from target in Text("abcdefghijklmnopqrstuvwxyz.ABC", 1, 40)
        from body in HostileText.Any
        from seconds in Gen.Choose(0, int.MaxValue)
        select new SignedRequest(id, secret, token, region, service, new Uri(host), path, target, Encoding.UTF8.GetBytes(body),
            DateTimeOffset.FromUnixTimeSeconds(seconds));

    private static Gen<string> Text(string characters, int least, int most) =>
        from length in Gen.Choose(least, most)
        from text in Gen.ArrayOf(Gen.Elements(characters.ToCharArray()), length)
        select new string(text);

    /// <summary>
    /// The Authorization header as the SDK makes it, where it would send the request, and what it signs: one header more than ours
    /// sends, the hash of the body.
    /// </summary>
    private static (string Authorization, Uri Address, List<KeyValuePair<string, string>> Headers) ByTheVendor(SignedRequest request)
    {
        var sdk = new DefaultRequest(new AnyRequest(), request.Service)
        {
            HttpMethod = "POST",
            Endpoint = request.Host,
            ResourcePath = "/{Path+}",
            Content = request.Body,
            AuthenticationRegion = request.Region,
            OverrideSigningServiceName = request.Service,
        };
        sdk.AddPathResource("{Path+}", request.Path.TrimStart('/'));
        sdk.Headers["Content-Type"] = "application/x-amz-json-1.1";
        sdk.Headers["X-Amz-Target"] = request.Target;
        if (request.Token is not null)
        {
            sdk.Headers["X-Amz-Security-Token"] = request.Token;
        }

        var result = new AWS4Signer().SignRequest(sdk, new AnyConfig(), null, request.Id, request.Secret, request.Time.UtcDateTime);
        var signed = result.SignedHeaders.Split(';');
        return (result.ForAuthorizationHeader, AmazonServiceClient.ComposeUrl(sdk),
            [.. signed.Select(name =>
            KeyValuePair.Create(name, sdk.Headers.First(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value))]);
    }

    private sealed record SignedRequest(string Id, string Secret, string? Token, string Region, string Service, Uri Host, string Path,
        string Target, byte[] Body, DateTimeOffset Time);

    private sealed class AnyRequest : AmazonWebServiceRequest;

    private sealed class AnyConfig() : ClientConfig(null)
    {
        public override string ServiceVersion => "2017-10-17";

        public override string UserAgent => "tests";

        public override string RegionEndpointServiceName => "secretsmanager";

        public override Amazon.Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(
            Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters parameters) => throw new NotSupportedException();
    }
}
