using Bastide.Abstractions.Identity;
using Bastide.Identity.Admin;
using Bastide.Identity.Credentials;
using Bastide.Identity.Http;
using Bastide.Identity.Jmap;
using Bastide.Identity.Oidc;
using Bastide.Identity.Pages;
using Bastide.Identity.Pages.Account;
using Bastide.Identity.Push;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Modules;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity;

/// <summary>
/// People, teams, domains; signing in on every protocol; the authorization server; the account pages; the administration
/// API; the audit log.
/// </summary>
public sealed class IdentityModule : IModule
{
    /// <inheritdoc/>
    public string Name => "identity";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, BastideSettings settings)
    {
        AddOperations(services);
        AddCredentials(services, settings);
        AddPages(services, settings);
        services.AddPushSubscriptions();
        OidcServer.Add(services, settings);
        services.AddHostedService<IdentityStart>();
        services.AddHostedService<OidcKeyRotation>();
        services.AddSingleton<IJobHandler, IdentityHousekeeping>();
    }

    /// <inheritdoc/>
    public void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
        // Everything here is HTTP.
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
        app.Use(FormBound.Keep);
        app.UseAuthentication();
        app.UseAuthorization();
        OidcEndpoints.Map(app);
        PageEndpoints.Map(app);
        AdminEndpoints.Map(app);
    }

    static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton<Audit>();
        services.AddSingleton<IAuditLog>(provider => provider.GetRequiredService<Audit>());
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddSingleton(p => new Domains(p.GetRequiredService<Database>(), p.GetRequiredService<BastideSettings>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Audit>()));
        services.AddSingleton(p => new People(
            p.GetRequiredService<Database>(), p.GetRequiredService<Domains>(), p.GetRequiredService<Sessions>(), p.GetRequiredService<PasswordHash>(),
            p.GetServices<IAccountListener>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<Audit>()));
        services.AddSingleton(p => new Teams(p.GetRequiredService<Database>(), p.GetRequiredService<People>(), p.GetRequiredService<Audit>()));
        services.AddSingleton(p => new AppPasswords(p.GetRequiredService<Database>(), p.GetRequiredService<Sessions>(), p.GetRequiredService<Audit>()));
        services.AddSingleton<IDirectory, AddressDirectory>();
        services.AddSingleton<ITeamMembership, TeamMembership>();
        services.AddSingleton<Principals>();
        services.AddSingleton<ShareNotifications>();
        services.AddSingleton<IShareNotices>(provider => provider.GetRequiredService<ShareNotifications>());
        services.AddSingleton<IJmapMethods, PrincipalMethods>();
    }

    static void AddCredentials(IServiceCollection services, BastideSettings settings)
    {
        services.AddSingleton<PasswordHash>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<Throttle>();
        services.AddSingleton<VerifiedCredentials>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<ISignIn, SignIn>();
        services.AddIdentityCore<PersonCredentials>().AddUserStore<PersonStore>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.Url.Host;
            // Signing in names nobody beforehand, and stands for both factors.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
            // By itself it compares with the Origin header, which is whatever the sender says.
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == settings.Url.GetLeftPart(UriPartial.Authority));
        });
        services.AddScoped<IPasskeyHandler<PersonCredentials>, PasskeyHandler<PersonCredentials>>();
        services.AddAuthentication(ApiAuthentication.Name).AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiAuthentication.Name, null);
        services.AddAuthorization();
        services.AddHttpContextAccessor();
    }

    static void AddPages(IServiceCollection services, BastideSettings settings)
    {
        var isHttps = settings.Url.Scheme == Uri.UriSchemeHttps;
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = isHttps ? "__Host-bastide-form" : "bastide-form";
            options.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<PendingSignIn>();
        services.AddSingleton<SignInPage>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<AccountFrame>();
        services.AddSingleton<ProfilePage>();
        services.AddSingleton<PasswordPage>();
        services.AddSingleton<TwoStepPage>();
        services.AddSingleton<PasskeysPage>();
        services.AddSingleton<SessionsPage>();
        services.AddSingleton<AppPasswordsPage>();
        services.AddScoped<OidcPrincipal>();
        services.AddScoped<Authorize>();
        services.AddScoped<Token>();
        services.AddScoped<UserInfo>();
        services.AddScoped<EndSession>();
        services.AddScoped<Verify>();
        services.AddScoped<Register>();
    }
}
